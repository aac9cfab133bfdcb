import { actionsOf } from "../../access/arm-actions.ts";
import { findAction } from "../../access/azure-actions.ts";
import { instanceOf, readPath } from "./arm-ids.ts";
import { endingOf } from "./az-verbs.ts";
import { given, givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { originOf } from "./values.ts";
import type { Value } from "./values.ts";

/** Request each verb makes on a resource; an action's is below it. */
const METHODS: Readonly<Record<string, string>> = {
    get: "GET",
    new: "PUT",
    set: "PUT",
    remove: "DELETE",
    invoke: "POST",
};

/** The path of the resource that is meant: its id, or the place it was read from when it is handed over. */
const pathOf = (bound: Bound, input: Value | undefined): string | undefined => {
    const id = given(bound, "resourceid", "id");
    if (id !== undefined) return readPath(id);
    const origin = input === undefined ? undefined : originOf(input);
    return origin === undefined ? undefined : instanceOf(origin);
};

const byId = (verb: string, path: string, action: string | undefined): readonly string[] => {
    const actions = actionsOf(METHODS[verb] ?? "", action === undefined ? path : `${path}/${action}`);
    return actions.some(each => each.includes("{}")) ? [] : actions;
};

const byType = (verb: string, type: string, action: string | undefined): readonly string[] => {
    const name = `${type}/${action === undefined ? endingOf(verb) : `${action}/action`}`;
    return [findAction(name, "action") ?? name];
};

/**
 * The actions of a cmdlet for any resource, such as `Set-AzResource`: its type is named, or follows from the id. Empty
 * when the type cannot be told; undefined for any other cmdlet.
 */
export const anyResource = (
    verb: string,
    noun: string,
    bound: Bound,
    input: Value | undefined,
): readonly string[] | undefined => {
    const isAction = /^resourceaction$/i.test(noun);
    if (!isAction && !/^resource$/i.test(noun)) return undefined;
    const does = verb.toLowerCase();
    if (METHODS[does] === undefined || isAction !== (does === "invoke")) return undefined;
    const action = isAction ? givenText(bound, "action") : undefined;
    if (isAction && action === undefined) return [];
    const type = givenText(bound, "resourcetype");
    const path = type === undefined ? pathOf(bound, input) : undefined;
    if (does === "get" && path === undefined) return undefined;
    if (type !== undefined) return does === "get" ? undefined : byType(does, type, action);
    return path === undefined ? [] : byId(does, path, action);
};
