import { createHash } from "node:crypto";
import type { RestClient } from "../rest/client.ts";
import { RunbookBody } from "./publish.ts";

/** What the engine hands over and keeps in state. */
export interface ContentState {
    readonly runbookId: string;
    readonly content: string;
    readonly [key: string]: unknown;
}

/** Thrown by an operation that got half way: the engine keeps the state and repeats the operation in the next run. */
class Unfinished extends Error {
    readonly id: string;
    readonly properties: ContentState;
    readonly reasons: readonly string[];

    constructor(id: string, properties: ContentState, cause: Error) {
        super(`the runbook's draft is uploaded but not published, the next update publishes it: ${cause.message}`, {
            cause,
        });
        this.id = id;
        this.properties = properties;
        this.reasons = [this.message];
    }
}

/** Azure keeps the text; byte order mark and line ends are its own business. */
const digest = (content: string): string =>
    createHash("sha256")
        .update(
            content
                .replace(/^\uFEFF/, "")
                .replace(/\r\n?/g, "\n")
                .trimEnd(),
        )
        .digest("hex");

const sameRunbook = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A publish whose answer was lost fails when it is sent again, as there is no draft any more. */
const isPublished = async (runbook: RunbookBody, content: string): Promise<boolean> => {
    const published = await runbook.read().catch(() => undefined);
    return typeof published === "string" && digest(published) === digest(content);
};

/** The operations on a runbook's content that the engine asks for, over the client that `connect` gives. */
export const contentProvider = (connect: () => Promise<RestClient>) => {
    let client: Promise<RestClient> | undefined;
    const body = async (runbookId: string) => new RunbookBody(await (client ??= connect()), runbookId);

    const put = async (news: ContentState, published: string): Promise<ContentState> => {
        const runbook = await body(news.runbookId);
        await runbook.uploadDraft(news.content);
        try {
            await runbook.publish();
        } catch (error) {
            if (await isPublished(runbook, news.content)) return news;
            throw new Unfinished(idOf(news), { ...news, content: published }, error as Error);
        }
        return news;
    };

    return {
        diff: async (_id: string, olds: ContentState, news: ContentState) => {
            const moved = !sameRunbook(olds.runbookId, news.runbookId);
            return {
                changes: moved || digest(olds.content) !== digest(news.content),
                replaces: moved ? ["runbookId"] : [],
            };
        },
        create: async (news: ContentState) => ({ id: idOf(news), outs: await put(news, "") }),
        update: async (_id: string, olds: ContentState, news: ContentState) => ({
            outs: await put(news, olds.content),
        }),
        read: async (id: string, props: ContentState) => {
            const runbookId = props.runbookId ?? id.replace(/\/content$/, "");
            const published = await (await body(runbookId)).read();
            if (published === null) return {};
            const same = published !== undefined && digest(published) === digest(props.content ?? "");
            const content = same ? props.content : (published ?? "");
            return { id, props: { ...props, runbookId, content }, inputs: { runbookId, content } };
        },
        /** The content goes with its runbook, which is a resource of its own. */
        delete: async () => undefined,
    };
};

const idOf = ({ runbookId }: ContentState): string => `${runbookId}/content`;
