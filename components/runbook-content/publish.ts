import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError, type RestClient } from "../rest/client.ts";

const API_VERSION = "api-version=2024-10-23";
const POLL_MS = 1_000;
const LONGEST_POLLS = 120;

/** A runbook's body in Azure Automation: https://learn.microsoft.com/rest/api/automation/runbook-draft */
export class RunbookBody {
    readonly #client: RestClient;
    readonly #id: string;

    constructor(client: RestClient, runbookId: string) {
        this.#client = client;
        this.#id = runbookId;
    }

    /** The published content; undefined when the runbook was never published; null when there is no such runbook. */
    async read(): Promise<string | undefined | null> {
        const published = await this.#content();
        if (published !== undefined) return published;
        return (await this.#exists()) ? undefined : null;
    }

    async uploadDraft(content: string): Promise<void> {
        const response = await this.#client.send("resourceManager", {
            method: "PUT",
            path: `${this.#id}/draft/content?${API_VERSION}`,
            body: content,
            contentType: "text/powershell",
        });
        await this.#finished(response);
    }

    async publish(): Promise<void> {
        const response = await this.#client.send("resourceManager", {
            method: "POST",
            path: `${this.#id}/publish?${API_VERSION}`,
        });
        await this.#finished(response);
    }

    async #content(): Promise<string | undefined> {
        const response = await this.#found(`${this.#id}/content?${API_VERSION}`);
        return response?.text();
    }

    async #exists(): Promise<boolean> {
        return (await this.#found(`${this.#id}?${API_VERSION}`)) !== undefined;
    }

    async #found(path: string): Promise<Response | undefined> {
        try {
            return await this.#client.send("resourceManager", { method: "GET", path });
        } catch (error) {
            if (error instanceof ServiceError && error.status === 404) return undefined;
            throw error;
        }
    }

    /** Waits for the operation that a 202 points to. */
    async #finished(answer: Response): Promise<void> {
        const path = answer.headers.get("location");
        if (answer.status !== 202 || !path) return;
        for (let poll = 0; poll < LONGEST_POLLS; poll++) {
            const response = await this.#client.send("resourceManager", { method: "GET", path });
            if (response.status !== 202) return;
            await sleep(POLL_MS);
        }
        throw new Error(`${this.#id}: the operation did not end within ${(LONGEST_POLLS * POLL_MS) / 1000} seconds`);
    }
}
