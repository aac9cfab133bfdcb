import { setTimeout as sleep } from "node:timers/promises";

/** What a request came to: an answer, or the error that ended its connection. */
export type Outcome =
    { readonly response: RestResponse; readonly error?: never } | { readonly error: Error; readonly response?: never };

export interface RestResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    /** The parsed JSON body; undefined when there is none. */
    readonly body: unknown;
}

/** When a client tries again, and how long it waits. */
export interface RetryPolicy {
    readonly retries: number;
    /** Milliseconds before the given retry, counted from 1. */
    delay(retry: number): number;
    shouldRetry(method: string, outcome: Outcome): boolean;
}

const retryAfter = (response: RestResponse | undefined): number | undefined => {
    const seconds = Number(response?.headers["retry-after"]);
    return Number.isFinite(seconds) ? seconds * 1000 : undefined;
};

/** Sends until the policy is content with the outcome or out of retries; an answer's Retry-After is honoured. */
export const withRetries = async (
    policy: RetryPolicy,
    method: string,
    send: () => Promise<Outcome>,
    signal: AbortSignal,
): Promise<Outcome> => {
    for (let retry = 1; ; retry++) {
        const outcome = await send();
        if (retry > policy.retries || signal.aborted || !policy.shouldRetry(method, outcome)) return outcome;
        await sleep(retryAfter(outcome.response) ?? policy.delay(retry), undefined, { signal });
    }
};
