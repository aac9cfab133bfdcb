import { parseJson } from "./json-value.ts";
import { elements } from "./value-elements.ts";
import { literal } from "./values.ts";
import { optionsOf } from "./value-options.ts";
import type { Value } from "./values.ts";

interface Inner {
    readonly address: Value;
    readonly method: Value | undefined;
}

interface Inners {
    readonly requests: readonly Inner[];
    /** Whether there may be others. */
    readonly open: boolean;
}

const NONE: Inners = { requests: [], open: true };

const fromList = (value: Value): Inners => {
    const { items, open } = elements(value);
    const requests = items.flatMap(optionsOf).flatMap((item): Inner[] => {
        if (item.t !== "table") return item.t === "list" ? [...fromList(item).requests] : [];
        const address = item.entries.get("url") ?? item.entries.get("uri");
        return address === undefined ? [] : [{ address, method: item.entries.get("method") ?? literal("GET") }];
    });
    return { requests, open: open && requests.length === 0 };
};

/** The requests inside the body of a JSON batch; source: https://learn.microsoft.com/graph/json-batching */
export const batchRequests = (body: Value): Inners => {
    const all = optionsOf(body).map((option): Inners => {
        const value = option.t === "text" ? (parseJson(option) ?? option) : option;
        if (value.t !== "table") return NONE;
        const requests = value.entries.get("requests");
        return requests === undefined ? NONE : fromList(requests);
    });
    const filled = all.filter(each => each.requests.length > 0);
    return filled.length === 0
        ? NONE
        : { requests: filled.flatMap(each => each.requests), open: filled.some(each => each.open) };
};
