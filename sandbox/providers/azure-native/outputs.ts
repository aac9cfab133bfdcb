import { UNKNOWN, isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { topOf } from "./body.ts";
import { placeOf } from "./resource-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { elementKind, mapKind, plainKind, typeMembers } from "./shapes.ts";
import type { Kind, Members } from "./shapes.ts";

const mapValues = (value: Record<string, Value>, change: (item: Value) => Value): Properties =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));

const lifted = (value: Record<string, Value>, kind: Kind): Record<string, Value> => {
    const inner = value["properties"];
    return topOf(kind) !== undefined && isObject(inner) ? { ...inner, ...value } : value;
};

const pick = (
    value: Record<string, Value>,
    members: Members,
    change: (item: Value, kind: Kind) => Value,
): Properties => {
    const picked: Properties = {};
    for (const [name, kind] of Object.entries(members)) {
        const member = value[name];
        if (member !== undefined && member !== null) picked[name] = change(member, kind);
    }
    return picked;
};

/** A value of the REST API as the SDK shows it. */
const fromWire = (value: Value, kind: Kind): Value => {
    const element = elementKind(kind);
    if (Array.isArray(value)) return element === undefined ? value : value.map(item => fromWire(item, element));
    if (!isObject(value)) return value;
    const members = typeMembers(kind);
    if (members !== undefined) return pick(lifted(value, kind), members, fromWire);
    const values = mapKind(kind);
    return values === undefined ? value : mapValues(value, item => fromWire(item, values));
};

const find = (type: ResourceType, body: Properties, property: string): Value | undefined => {
    const { containers, name } = placeOf(type, property);
    const places = [containers, ["properties"], []];
    for (const place of places) {
        const parent = place.reduce<Value | undefined>(
            (value, key) => (isObject(value) ? value[key] : undefined),
            body,
        );
        const value = isObject(parent) ? parent[name] : undefined;
        if (value !== undefined && value !== null) return value;
    }
    return undefined;
};

/** The outputs that the SDK shows, from a resource as Azure answers it. */
export const outputsOf = (type: ResourceType, body: unknown): Properties => {
    const outputs: Properties = {};
    if (isObject(body))
        for (const [property, kind] of Object.entries(type.outputs)) {
            const value = find(type, body, property);
            if (value !== undefined) outputs[property] = fromWire(value, kind);
        }
    return { ...outputs, azureApiVersion: type.apiVersion };
};

const SAME_KIND: Readonly<Record<string, (value: Value) => boolean>> = {
    string: value => typeof value === "string",
    number: value => typeof value === "number",
    boolean: value => typeof value === "boolean",
    any: () => true,
};

const previewValue = (value: Value | undefined, kind: Kind): Value => {
    if (value === undefined || value === UNKNOWN) return UNKNOWN;
    const plain = plainKind(kind);
    if (plain !== undefined) return SAME_KIND[plain]?.(value) === true ? value : UNKNOWN;
    const element = elementKind(kind);
    if (element !== undefined) return Array.isArray(value) ? value.map(item => previewValue(item, element)) : UNKNOWN;
    if (!isObject(value)) return UNKNOWN;
    const members = typeMembers(kind);
    if (members !== undefined) return previewMembers(value, members);
    const values = mapKind(kind);
    return values === undefined ? UNKNOWN : mapValues(value, item => previewValue(item, values));
};

const previewMembers = (inputs: Record<string, Value>, members: Members): Properties =>
    Object.fromEntries(Object.entries(members).map(([name, kind]) => [name, previewValue(inputs[name], kind)]));

/** The outputs at preview: inputs where an output has the same name and kind, unknown where only Azure can say. */
export const previewOutputs = (type: ResourceType, inputs: Properties): Properties =>
    previewMembers(inputs, type.outputs);

const toInput = (value: Value, kind: Kind): Value => {
    const element = elementKind(kind);
    if (Array.isArray(value)) return element === undefined ? value : value.map(item => toInput(item, element));
    if (!isObject(value)) return value;
    if (plainKind(kind) === "set") return Object.keys(value).sort();
    const members = typeMembers(kind);
    if (members !== undefined) return pick(value, members, toInput);
    const values = mapKind(kind);
    return values === undefined ? value : mapValues(value, item => toInput(item, values));
};

/** The part of outputs that inputs could have asked for. */
export const inputProjection = (type: ResourceType, outputs: Properties): Properties => {
    const settable = Object.fromEntries(
        Object.entries(type.inputs).filter(
            ([name]) => !type.pathInputs.includes(name) || type.row.containers?.[name] !== undefined,
        ),
    );
    return pick(outputs, settable, toInput);
};
