import type { Call } from "../../access/calls.ts";
import type { Bound } from "./binding.ts";
import { AZ_GRAPH } from "./az-table.ts";

const IDS = [
    "objectid",
    "userprincipalname",
    "applicationid",
    "groupobjectid",
    "upnorobjectid",
    "inputobject",
    "serviceprincipalname",
    "targetgroupobjectid",
];
const METHODS: Readonly<Record<string, string>> = {
    get: "GET",
    new: "POST",
    add: "POST",
    set: "PATCH",
    update: "PATCH",
    remove: "DELETE",
};

/** `Get-AzADUser` and its like go to Microsoft Graph. */
export const azGraphCall = (name: string, bound: Bound, hasInput: boolean): Call | undefined => {
    const [, verb = "", noun = ""] = /^([a-z]+)-(AzAD\w+)$/i.exec(name) ?? [];
    const row = AZ_GRAPH[noun.toLowerCase()];
    const method = METHODS[verb.toLowerCase()];
    if (row === undefined || method === undefined) return undefined;
    const [, collection, below] = row;
    const isOne =
        IDS.some(id => bound.named.has(id)) ||
        below !== undefined ||
        (method !== "GET" && method !== "POST") ||
        hasInput;
    const isNested = below !== undefined;
    const tail = isNested ? `${below}${method === "GET" ? "" : method === "POST" ? "/$ref" : "/{id}/$ref"}` : "";
    return { method, path: `${collection}${isOne || isNested ? "/{id}" : ""}${tail}`, version: "v1.0" };
};
