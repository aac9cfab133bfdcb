import { isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { placeOf } from "./resource-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { FLATTENED_TYPES } from "./rows.ts";
import { elementKind, mapKind, plainKind, typeMembers, typeName } from "./shapes.ts";
import type { Kind, Members } from "./shapes.ts";

/** What stays at the top of a nested type whose properties the SDK lifts; undefined for other types. */
export const topOf = (kind: Kind): readonly string[] | undefined =>
    FLATTENED_TYPES[(typeName(kind) ?? "").replace(/(Args|Response)$/, "")];

const container = (body: Properties, path: readonly string[]): Properties =>
    path.reduce<Properties>((parent, name) => {
        const child = parent[name];
        if (isObject(child)) return child;
        return (parent[name] = {});
    }, body);

const objectToWire = (value: Record<string, Value>, kind: Kind, members: Members): Properties => {
    const top = topOf(kind);
    const wire: Properties = {};
    for (const [name, memberKind] of Object.entries(members)) {
        const member = value[name];
        if (member === undefined) continue;
        const path = top === undefined || top.includes(name) ? [] : ["properties"];
        container(wire, path)[name] = toWire(member, memberKind);
    }
    return wire;
};

/** A property's value as the REST API wants it. */
export const toWire = (value: Value, kind: Kind): Value => {
    const element = elementKind(kind);
    if (Array.isArray(value)) {
        if (plainKind(kind) === "set") return Object.fromEntries(value.map(key => [String(key), {}]));
        return element === undefined ? value : value.map(item => toWire(item, element));
    }
    if (!isObject(value)) return value;
    const members = typeMembers(kind);
    if (members !== undefined) return objectToWire(value, kind, members);
    const values = mapKind(kind);
    if (values === undefined) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item, values)]));
};

/** The body of the PUT that makes a resource what its inputs say; inputs that the type does not have are left out. */
export const bodyOf = (type: ResourceType, inputs: Properties): Properties => {
    const body: Properties = {};
    for (const required of type.row.requiredContainers ?? []) body[required] = {};
    for (const [property, kind] of Object.entries(type.inputs)) {
        const value = inputs[property];
        const inPathAlone = type.pathInputs.includes(property) && type.row.containers?.[property] === undefined;
        if (value === undefined || inPathAlone) continue;
        const { containers, name } = placeOf(type, property);
        container(body, containers)[name] = toWire(value, kind);
    }
    return body;
};

const valueAt = (body: Properties, path: readonly string[]): Value | undefined =>
    path.reduce<Value | undefined>((value, name) => (isObject(value) ? value[name] : undefined), body);

/** Where the collections sit in the body that stay as they are when the program does not set them. */
const keptPaths = (type: ResourceType): readonly (readonly string[])[] =>
    (type.row.keptWhenUnset ?? []).map(path => {
        const [first = "", ...rest] = path.split(".");
        const { containers, name } = placeOf(type, first);
        return [...containers, name, ...rest];
    });

/** Fills collections that the program does not set: with what Azure has, or, for a new resource, with nothing. */
export const keepUnset = (type: ResourceType, body: Properties, current: Properties | undefined): void => {
    for (const path of keptPaths(type)) {
        if (valueAt(body, path) !== undefined) continue;
        const kept = current === undefined ? [] : valueAt(current, path);
        if (kept !== undefined) container(body, path.slice(0, -1))[path.at(-1) ?? ""] = kept;
    }
};

/** Whether an update must read the resource first, to leave collections as they are. */
export const mustKeep = (type: ResourceType, body: Properties): boolean =>
    keptPaths(type).some(path => valueAt(body, path) === undefined);

const without = (properties: Properties, [first = "", ...rest]: readonly string[]): Properties => {
    const { [first]: value, ...others } = properties;
    if (value === undefined) return properties;
    return rest.length > 0 && isObject(value) ? { ...others, [first]: without(value, rest) } : others;
};

/** Properties without the collections that the inputs do not set: what others put there is no drift. */
export const withoutUnset = (type: ResourceType, properties: Properties, inputs: Properties): Properties =>
    (type.row.keptWhenUnset ?? [])
        .map(path => path.split("."))
        .filter(path => valueAt(inputs, path) === undefined)
        .reduce(without, properties);
