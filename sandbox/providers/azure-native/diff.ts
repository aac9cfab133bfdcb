import { isDeepStrictEqual } from "node:util";
import type { ChangeKind, DiffRequest, DiffResult } from "../provider.ts";
import { isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { CREATE_BEFORE_DELETE } from "./naming.ts";
import type { ResourceType } from "./resource-type.ts";

type Change = "add" | "delete" | "update";
type Changes = Map<string, { readonly change: Change; readonly replaceKey: string }>;

const isInternal = (key: string): boolean => key.startsWith("__");

const compareArrays = (
    old: readonly Value[],
    now: readonly Value[],
    path: string,
    key: string,
    into: Changes,
): void => {
    for (let index = 0; index < Math.max(old.length, now.length); index++)
        compare(old[index], now[index], `${path}[${index}]`, `${key}[]`, into);
};

const compareObjects = (old: Properties, now: Properties, path: string, key: string, into: Changes): void => {
    for (const name of new Set([...Object.keys(old), ...Object.keys(now)]))
        if (!isInternal(name)) compare(old[name], now[name], path + name, key + name, into);
};

const compare = (old: Value | undefined, now: Value | undefined, path: string, key: string, into: Changes): void => {
    if (Array.isArray(old) && Array.isArray(now)) return compareArrays(old, now, path, key, into);
    if (isObject(old) && isObject(now)) return compareObjects(old, now, `${path}.`, `${key}.`, into);
    if (isDeepStrictEqual(old, now)) return;
    const change = old === undefined ? "add" : now === undefined ? "delete" : "update";
    into.set(path, { change, replaceKey: key });
};

const normalLocation = (value: Value): Value =>
    typeof value === "string" ? value.toLowerCase().replaceAll(" ", "") : value;

const lower = (value: Value): Value => (typeof value === "string" ? value.toLowerCase() : value);

const NORMAL: Readonly<Record<string, (value: Value) => Value>> = {
    location: normalLocation,
    resourceGroupName: lower,
};

/** Gives a new value its old spelling where Azure sees no difference between them. */
const respelled = (old: Properties, now: Properties): Properties => {
    const result = { ...now };
    for (const [name, normal] of Object.entries(NORMAL)) {
        const [before, after] = [old[name], now[name]];
        if (before !== undefined && after !== undefined && isDeepStrictEqual(normal(before), normal(after)))
            result[name] = before;
    }
    return result;
};

const replaces = (type: ResourceType, key: string, change: Change): boolean => {
    if (type.replaceOnChanges.has(key)) return true;
    const [parent = ""] = key.split(/[.[]/, 1);
    return change === "update" && !key.includes("[") && type.replaceOnChanges.has(parent);
};

/** A first value that Azure already has is no reason to replace. */
const isAlreadySo = (path: string, request: DiffRequest): boolean =>
    request.newInputs[path] !== undefined && isDeepStrictEqual(request.newInputs[path], request.oldOutputs[path]);

/** What changes between two sets of inputs, and whether Azure can change it in place. */
export const diffOf = (type: ResourceType, request: DiffRequest): DiffResult => {
    const { oldOutputs, newInputs } = request;
    const version = oldOutputs["azureApiVersion"];
    const oldInputs = version === undefined ? request.oldInputs : { azureApiVersion: version, ...request.oldInputs };
    const found: Changes = new Map();
    compareObjects(oldInputs, respelled(oldInputs, newInputs), "", "", found);
    const changes = new Map<string, ChangeKind>();
    for (const [path, { change, replaceKey }] of found) {
        const replace = replaces(type, replaceKey, change) && !(change === "add" && isAlreadySo(path, request));
        changes.set(path, replace ? `${change}-replace` : change);
    }
    const replaced = [...changes].filter(([, kind]) => kind.endsWith("-replace")).map(([path]) => path);
    return {
        changes,
        replaces: replaced,
        deleteBeforeReplace: oldInputs[CREATE_BEFORE_DELETE] === true ? false : replaced.length > 0,
    };
};
