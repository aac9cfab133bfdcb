import type { ArmRequest, ArmResponse } from "./request.ts";

/**
 * One page of a list, with the address of the next one.
 * Source: https://learn.microsoft.com/rest/api/azure/#handle-responses
 */
export const page = <T>(
    request: ArmRequest,
    items: readonly T[],
    pageSize: number,
    view: (item: T) => unknown,
): ArmResponse => {
    const start = Number(request.query.get("$skiptoken") ?? request.query.get("$skipToken") ?? 0);
    const top = Number(request.query.get("$top") ?? pageSize);
    const size = Number.isInteger(top) && top > 0 ? Math.min(top, pageSize) : pageSize;
    const value = items.slice(start, start + size).map(view);
    const next = start + size;
    if (next >= items.length) return { status: 200, body: { value } };
    const query = new URLSearchParams(request.query);
    query.delete("$skipToken");
    query.set("$skiptoken", String(next));
    return { status: 200, body: { value, nextLink: `${request.cloud.url}${request.path}?${query.toString()}` } };
};
