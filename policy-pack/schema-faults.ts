import { didYouMean } from "../access/name.ts";

/** The parts of JSON Schema that settings are described with. */
export interface SettingSchema {
    readonly type?: "string" | "integer" | "boolean" | "array" | "object";
    readonly enum?: readonly string[];
    readonly pattern?: string;
    readonly minLength?: number;
    readonly minimum?: number;
    readonly items?: SettingSchema;
    readonly properties?: Readonly<Record<string, SettingSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: boolean | SettingSchema;
}

const WORDS = {
    string: "a text",
    integer: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
} as const;

const typeOf = (value: unknown): string => {
    if (Array.isArray(value)) return "array";
    if (typeof value === "number" && Number.isInteger(value)) return "integer";
    return value === null ? "null" : typeof value;
};

const shown = (value: unknown): string => (typeof value === "string" ? `'${value}'` : JSON.stringify(value));

const textFaults = (schema: SettingSchema, text: string): string[] => {
    const { enum: choices, pattern, minLength = 0 } = schema;
    if (choices !== undefined && !choices.includes(text))
        return [`is '${text}'; expected one of ${choices.join(", ")}${didYouMean(text, choices)}`];
    if (text.length < minLength) return ["is empty"];
    if (pattern !== undefined && !new RegExp(pattern, "u").test(text))
        return [`is '${text}'; expected what matches ${pattern}`];
    return [];
};

const objectFaults = (schema: SettingSchema, value: object, place: string): string[] => {
    const { properties = {}, required = [], additionalProperties = true } = schema;
    const missing = required.filter(key => !Object.hasOwn(value, key)).map(key => `${place}: '${key}' is missing`);
    const faults = Object.entries(value).flatMap(([key, part]): string[] => {
        const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (known !== undefined) return schemaFaults(known, part, `${place}.${key}`);
        if (typeof additionalProperties === "object")
            return schemaFaults(additionalProperties, part, `${place}.${key}`);
        return additionalProperties
            ? []
            : [`${place}: unknown setting '${key}'${didYouMean(key, Object.keys(properties))}`];
    });
    return [...missing, ...faults];
};

/** What is wrong with a value, each fault with its place: `azure-scope-too-wide.ceiling: is 'planet'; expected …`. */
export const schemaFaults = (schema: SettingSchema, value: unknown, place: string): string[] => {
    const { type, minimum = -Infinity, items } = schema;
    if (type !== undefined && typeOf(value) !== type) return [`${place}: is ${shown(value)}; expected ${WORDS[type]}`];
    if (typeof value === "string") return textFaults(schema, value).map(fault => `${place}: ${fault}`);
    if (typeof value === "number" && value < minimum) return [`${place}: is ${value}; expected at least ${minimum}`];
    if (Array.isArray(value))
        return items === undefined
            ? []
            : value.flatMap((each: unknown, at) => schemaFaults(items, each, `${place}[${at}]`));
    return value !== null && typeof value === "object" ? objectFaults(schema, value, place) : [];
};
