import type { Call } from "../../access/calls.ts";
import type { Bound } from "./binding.ts";
import { AZ_GRAPH } from "./az-graph-table.ts";

const IDS = ["objectid", "userprincipalname", "groupobjectid", "upnorobjectid", "inputobject", "targetgroupobjectid"];
const METHODS: Readonly<Record<string, string>> = {
    get: "GET",
    new: "POST",
    add: "POST",
    set: "PATCH",
    update: "PATCH",
    remove: "DELETE",
};

const PASSWORDS: Readonly<Record<string, string>> = { POST: "/addPassword", DELETE: "/removePassword" };

const below = (tail: string, method: string): string => {
    if (tail === "credential") return PASSWORDS[method] ?? "";
    const isReference = /members|owners/.test(tail);
    const id = method === "DELETE" || method === "PATCH" ? "/{id}" : "";
    return `${tail}${id}${isReference && method !== "GET" ? "/$ref" : ""}`;
};

/** `Get-AzADUser` and its like go to Microsoft Graph. */
export const azGraphCall = (name: string, bound: Bound, hasInput: boolean): Call | undefined => {
    const [, verb = "", noun = ""] = /^([a-z]+)-(AzAD\w+)$/i.exec(name) ?? [];
    const row = AZ_GRAPH[noun.toLowerCase()];
    const method = METHODS[verb.toLowerCase()];
    if (row === undefined || method === undefined) return undefined;
    const [collection, tail] = row;
    if (tail !== undefined) {
        const path = `${collection}/{id}${below(tail, method)}`;
        return { method: tail === "credential" && method !== "GET" ? "POST" : method, path, version: "v1.0" };
    }
    const isOne = method !== "POST" && (method !== "GET" || IDS.some(id => bound.named.has(id)) || hasInput);
    return { method, path: `${collection}${isOne ? "/{id}" : ""}`, version: "v1.0" };
};
