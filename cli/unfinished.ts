import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Project } from "./project.ts";

/**
 * The note of a run that saves its state only at its end: when it began, and the id of each resource it has made. It
 * outlives a run that is killed, and tells the next one what the cloud holds that the state does not know.
 */
export class Unfinished {
    readonly #file: string;
    readonly #made = new Set<string>();
    #since: number | undefined;

    constructor(project: Project, stack: string) {
        this.#file = join(project.local, "unfinished", stack);
        const [since, ...made] = this.#read();
        if (since === undefined) return;
        this.#since = Number(since);
        this.#made = new Set(made);
    }

    /** When the run began that did not end, epoch milliseconds; undefined when all have ended. */
    get since(): number | undefined {
        return this.#since;
    }

    /** Whether the run that did not end made a resource. */
    hasMade(id: string): boolean {
        return this.#made.has(id.toLowerCase());
    }

    /** Notes that a run begins, where none is noted yet. */
    begin(): void {
        if (this.#since !== undefined) return;
        this.#since = Date.now();
        mkdirSync(dirname(this.#file), { recursive: true });
        writeFileSync(this.#file, `${this.#since}\n`);
    }

    /** Notes a resource that an event says was made. */
    note({ resOutputsEvent }: EngineEvent): void {
        const id = resOutputsEvent?.metadata.new?.id ?? "";
        if (this.#since === undefined || id === "" || this.hasMade(id)) return;
        this.#made.add(id.toLowerCase());
        appendFileSync(this.#file, `${id.toLowerCase()}\n`);
    }

    /** Notes that the state is whole. */
    end(): void {
        this.#since = undefined;
        this.#made.clear();
        rmSync(this.#file, { force: true });
    }

    #read(): string[] {
        try {
            return readFileSync(this.#file, "utf8")
                .split("\n")
                .filter(line => line !== "");
        } catch {
            return [];
        }
    }
}
