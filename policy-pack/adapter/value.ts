/** A value that a rule cannot see, with the words for why. */
export class Unknown {
    readonly why: string;
    /** Whether it will be known once the resources it comes from exist. */
    readonly awaited: boolean;

    constructor(why: string, awaited: boolean) {
        this.why = why;
        this.awaited = awaited;
    }
}

/** A value, or why it is not known. */
export type Value<T> = T | Unknown;

export const isKnown = <T>(value: Value<T>): value is T => !(value instanceof Unknown);

/** Goes on with a value where it is known. */
export const whenKnown = <T, U>(value: Value<T>, then: (known: T) => Value<U>): Value<U> =>
    value instanceof Unknown ? value : then(value);

/** An Unknown anywhere within a value, the first in the order of properties. */
export const unknownWithin = (value: unknown): Unknown | undefined => {
    if (value instanceof Unknown) return value;
    if (value === null || typeof value !== "object") return undefined;
    for (const part of Object.values(value)) {
        const found = unknownWithin(part);
        if (found) return found;
    }
    return undefined;
};

const isPlain = (value: object): boolean =>
    Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";

const copy = (value: unknown, path: string): unknown => {
    if (value === null || typeof value !== "object" || value instanceof Unknown || !isPlain(value)) return value;
    const parts = Object.keys(value).map((key): [string, unknown] => [key, readProperty(value, key, path)]);
    return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
};

/** What stands for a value that is not known yet: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go */
export const UNKNOWNS: ReadonlySet<unknown> = new Set([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Awaited, and told of by its place. */
export const notKnownYet = (at: string): Unknown =>
    new Unknown(`'${at}' is not known before its resources exist`, true);

const readProperty = (owner: object, key: string, path: string): unknown => {
    const at = path === "" ? key : `${path}.${key}`;
    const value: unknown = Reflect.get(owner, key);
    return UNKNOWNS.has(value) ? notKnownYet(at) : copy(value, at);
};

const IS_PROXY = "__isSpecialProxy";
const TARGET = "__getSpecialProxyTarget";

/**
 * The policy SDK shows properties through a proxy that throws where one is unknown, which takes far longer than to look
 * for what stands for it. A property of that name is no proxy.
 * Source: @pulumi/policy/proxy.js
 */
const behindProxy = (props: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    !Object.hasOwn(props, IS_PROXY) && props[IS_PROXY] === true ? (props[TARGET] as typeof props) : props;

/** One property as plain data, with an Unknown at each place that is not known. */
export const readKnown = (props: Readonly<Record<string, unknown>>, key: string): unknown =>
    Object.hasOwn(props, key) ? readProperty(behindProxy(props), key, "") : undefined;

const sameKey = (key: string): string => key.replaceAll("_", "").toLowerCase();

/**
 * A part of a value by name, in the casing of any language; the only element of a list stands for the list, as bridged
 * providers write some blocks. An Unknown where the value is one; undefined where there is no such part.
 */
export const partOf = (value: unknown, name: string): unknown => {
    if (value instanceof Unknown) return value;
    const block: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (block instanceof Unknown) return block;
    if (block === null || typeof block !== "object") return undefined;
    const exact = Object.hasOwn(block, name) ? name : undefined;
    const key = exact ?? Object.keys(block).find(each => sameKey(each) === sameKey(name));
    return key === undefined ? undefined : Reflect.get(block, key);
};

/** A property that should be a text. YAML programs write some as a number: `version: 7.4`. */
export const textOf = (value: unknown, key: string): Value<string | undefined> => {
    if (value instanceof Unknown) return value;
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value === "number") return String(value);
    return typeof value === "string" ? value : new Unknown(`'${key}' is a ${typeof value}; expected a text`, false);
};

/** A property that should be true or false; texts count as other languages write them. */
export const flagOf = (value: unknown, key: string): Value<boolean | undefined> => {
    if (value instanceof Unknown || typeof value === "boolean") return value;
    if (value === undefined || value === null) return undefined;
    const text = typeof value === "string" ? value.toLowerCase() : "";
    if (text === "true" || text === "false") return text === "true";
    return new Unknown(`'${key}' is ${JSON.stringify(value)}; expected true or false`, false);
};

/** A property that should be a list of texts. */
export const textsOf = (value: unknown, key: string): Value<readonly string[]> => {
    if (value === undefined || value === null) return [];
    const unknown = unknownWithin(value);
    if (unknown) return unknown;
    return Array.isArray(value) && value.every(each => typeof each === "string")
        ? value
        : new Unknown(`'${key}' is no list of texts`, false);
};
