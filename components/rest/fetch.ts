import { setTimeout as sleep } from "node:timers/promises";

/** A request that is sent until it is answered with something final. */
export interface Request {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
}

/** How often and how long a request is repeated. */
export interface Patience {
    readonly attempts: number;
    readonly firstDelayMs: number;
    readonly longestDelayMs: number;
}

export const PATIENCE: Patience = { attempts: 10, firstDelayMs: 500, longestDelayMs: 30_000 };

const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends a request, again after throttling (429, as long as Retry-After says), server errors and broken connections.
 * Send only requests that may arrive twice.
 * @returns the first answer that is final, of any other status.
 * @throws when the last attempt fails too.
 */
export const send = async (request: Request, patience: Patience = PATIENCE): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
        const outcome = await once(request);
        const last = attempt >= patience.attempts;
        if (outcome instanceof Response && (last || !PASSING.has(outcome.status))) return outcome;
        if (outcome instanceof Error && last) {
            throw new Error(
                `${request.method} ${request.url}: no answer after ${attempt} attempts: ${reason(outcome)}`,
                {
                    cause: outcome,
                },
            );
        }
        await sleep(delay(outcome, attempt, patience));
    }
};

/** The JSON body of a GET. @throws when the answer is not a success. */
export const fetchJson = async <T>(url: string): Promise<T> => {
    const response = await send({ method: "GET", url, headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${response.statusText}`);
    return (await response.json()) as T;
};

const once = async ({ method, url, headers, body }: Request): Promise<Response | Error> => {
    try {
        return await fetch(url, { method, headers: headers ?? {}, body: body ?? null });
    } catch (error) {
        return error as Error;
    }
};

const delay = (outcome: Response | Error, attempt: number, patience: Patience): number => {
    const told = outcome instanceof Response ? Number(outcome.headers.get("retry-after")) * 1000 : 0;
    const grown = Math.min(patience.firstDelayMs * 2 ** (attempt - 1), patience.longestDelayMs);
    return Math.max(Number.isFinite(told) ? told : 0, grown * (0.75 + Math.random() / 4));
};

const reason = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
