import { UNKNOWN, isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import type { Property, Row } from "./rows.ts";

const rename = (value: Value, names: Readonly<Record<string, string>>): Value => {
    if (Array.isArray(value)) return value.map(item => rename(item, names));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [names[key] ?? key, rename(item, names)]));
};

const inverted = (names: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(names).map(([sdk, wire]) => [wire, sdk]));

const put = (body: Properties, path: readonly string[], value: Value): void => {
    const [first = "", ...rest] = path;
    if (rest.length === 0) {
        body[first] = value;
        return;
    }
    const child = body[first];
    const parent = isObject(child) ? child : {};
    body[first] = parent;
    put(parent, rest, value);
};

const settable = (row: Row): [string, Property][] =>
    Object.entries(row.properties).filter(([, property]) => property.computed !== true);

/** The Graph object that inputs describe; for an update, without what never changes. */
export const bodyOf = (row: Row, inputs: Properties, purpose: "create" | "update"): Properties => {
    const body: Properties = {};
    for (const [name, property] of settable(row)) {
        const value = inputs[name] ?? property.default;
        const isSent = property.local !== true && (purpose === "create" || property.replace !== true);
        if (value === undefined || !isSent) continue;
        put(body, (property.wire ?? name).split("."), rename(value, property.fields ?? {}));
    }
    return body;
};

const idsByValue = (entries: Value): Properties => {
    if (!Array.isArray(entries)) return {};
    return Object.fromEntries(
        entries.filter(isObject).flatMap(({ value, id }) => (typeof value === "string" && id ? [[value, id]] : [])),
    );
};

const readProperty = (name: string, property: Property, body: Properties): Value | undefined => {
    const value = (property.wire ?? name)
        .split(".")
        .reduce<Value | undefined>((at, key) => (isObject(at) ? at[key] : undefined), body);
    if (value === undefined || value === null) return undefined;
    return property.idsByValue === true ? idsByValue(value) : rename(value, inverted(property.fields ?? {}));
};

/** The outputs that the SDK shows, from a Graph object and, for what Graph does not keep, the inputs. */
export const outputsOf = (row: Row, body: Properties, inputs: Properties): Properties => {
    const outputs: Properties = {};
    for (const [name, property] of Object.entries(row.properties)) {
        const value = property.local === true ? (inputs[name] ?? property.default) : readProperty(name, property, body);
        if (value !== undefined) outputs[name] = value;
    }
    return outputs;
};

/** The outputs at preview: inputs, and unknown where only the directory can say. */
export const previewOutputs = (row: Row, inputs: Properties, stable: Properties = {}): Properties =>
    Object.fromEntries(
        Object.entries(row.properties).flatMap(([name, property]) => {
            const value = inputs[name] ?? property.default ?? stable[name];
            if (value !== undefined) return [[name, value]];
            return property.computed === true ? [[name, UNKNOWN]] : [];
        }),
    );

const isEmpty = (value: Value): boolean =>
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0);

/** The part of outputs that inputs could have asked for. */
export const inputProjection = (row: Row, outputs: Properties): Properties =>
    Object.fromEntries(
        settable(row).flatMap(([name]) => {
            const value = outputs[name];
            return value === undefined ? [] : [[name, value]];
        }),
    );

/** Inputs for an object that no program declared: what is set and not by default. */
export const importedInputs = (row: Row, outputs: Properties): Properties => {
    const set = Object.entries(inputProjection(row, outputs)).filter(
        ([name, value]) => !isEmpty(value) && value !== row.properties[name]?.default,
    );
    return { __defaults: [], ...Object.fromEntries(set) };
};
