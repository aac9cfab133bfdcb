import type { ArmRequest, ArmResponse } from "./request.ts";

/** How long a long-running operation reports that it is in progress. */
const DURATION = 25;

/**
 * Headers that tell a client where to watch an operation that it was answered 201 or 202 to.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export const operationHeaders = (
    request: ArmRequest,
    kind: "status" | "result" | "both",
    base?: string,
): Record<string, string> => {
    const { cloud, target, now } = request;
    const subscription = /^\/subscriptions\/[^/]+/i.exec(target.id)?.[0] ?? "";
    const namespace = target.type.type.split("/")[0] ?? "";
    const id = cloud.newId(`operation ${request.method} ${request.path}`);
    const query = `api-version=${request.apiVersion}&t=${now + DURATION}`;
    const provider = `${cloud.url}${subscription}/providers/${namespace}/locations/global`;
    const status = `${provider}/operationStatuses/${id}?${query}`;
    const result = `${cloud.url}${base ?? subscription}/operationResults/${id}?${query}`;
    return {
        ...(kind !== "result" && { "Azure-AsyncOperation": status }),
        ...(kind !== "status" && { Location: result }),
        "Retry-After": "0",
    };
};

const POLL = /\/(operationstatuses|operationresults)\/([0-9a-f-]{36})$/i;

/**
 * Answers a poll of an operation; undefined when the path is none. The address says when the operation is done, so that
 * a restarted sandbox still answers for it.
 */
export const pollOperation = (method: string, url: URL, now: number): ArmResponse | undefined => {
    const [, kind, id] = POLL.exec(url.pathname) ?? [];
    if (method !== "GET" || kind === undefined || id === undefined) return undefined;
    const done = now >= Number(url.searchParams.get("t"));
    if (kind.toLowerCase() === "operationstatuses") {
        const status = done ? "Succeeded" : "InProgress";
        return {
            status: 200,
            body: { id: url.pathname, name: id, status },
            ...(!done && { headers: { "Retry-After": "0" } }),
        };
    }
    return done
        ? { status: 200, body: { status: "Succeeded" } }
        : { status: 202, headers: { Location: url.href, "Retry-After": "0" } };
};
