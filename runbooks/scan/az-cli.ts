import { findAction } from "../../access/azure-actions.ts";
import type { Call } from "../../access/calls.ts";
import { CLI_COMMANDS, CLI_GRAPH, CLI_GROUPS } from "./az-cli-table.ts";
import { plain } from "./values.ts";
import type { Value } from "./values.ts";

const ENDINGS: Readonly<Record<string, string>> = {
    list: "read",
    show: "read",
    exists: "read",
    create: "write",
    update: "write",
    set: "write",
    add: "write",
    delete: "delete",
    remove: "delete",
};

const METHODS: Readonly<Record<string, string>> = {
    list: "GET",
    show: "GET",
    create: "POST",
    update: "PATCH",
    delete: "DELETE",
};

/** The words of a command before its first option: `vm start`. */
export const cliWords = (positional: readonly Value[]): string => {
    const words = positional.map(plain);
    const end = words.findIndex(word => word === undefined || !/^[a-z][\w-]*$/i.test(word));
    return words
        .slice(0, end < 0 ? undefined : end)
        .join(" ")
        .toLowerCase();
};

const split = (words: string): readonly [group: string, verb: string] => {
    const at = words.lastIndexOf(" ");
    return [words.slice(0, Math.max(0, at)), words.slice(at + 1)];
};

/** Actions that a command of the Azure CLI needs, derived from its words; undefined where the tables know none. */
export const cliActions = (words: string): readonly string[] | undefined => {
    const listed = CLI_COMMANDS[words];
    if (listed !== undefined) return listed;
    const [group, verb] = split(words);
    const type = CLI_GROUPS[group];
    if (type === undefined) return undefined;
    const action = `${type}/${ENDINGS[verb] ?? `${verb}/action`}`;
    const known = findAction(action, "action") ?? findAction(action, "dataAction");
    return known === undefined && ENDINGS[verb] === undefined ? undefined : [known ?? action];
};

/** `az ad user list`: the call on Microsoft Graph. */
export const cliCall = (words: string): Call | undefined => {
    const isMembers = /^ad group member (list|add|remove|check)$/.exec(words);
    if (isMembers !== null) {
        const [method, tail] =
            isMembers[1] === "add"
                ? ["POST", "/$ref"]
                : isMembers[1] === "remove"
                  ? ["DELETE", "/{id}/$ref"]
                  : ["GET", ""];
        return { method, path: `/groups/{id}/members${tail}`, version: "v1.0" };
    }
    if (words === "ad signed-in-user show") return { method: "GET", path: "/me", version: "v1.0" };
    const [group, verb] = split(words);
    const collection = CLI_GRAPH[group];
    const method = METHODS[verb];
    if (collection === undefined || method === undefined) return undefined;
    return { method, path: `${collection}${verb === "list" || verb === "create" ? "" : "/{id}"}`, version: "v1.0" };
};
