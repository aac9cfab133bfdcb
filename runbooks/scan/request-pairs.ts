import { isHole, plain, unknown } from "./values.ts";
import { settled } from "./value-options.ts";
import { textsOf } from "./value-texts.ts";
import type { AnyValue, TextValue, Value } from "./values.ts";

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]);

/** Addresses with the methods they are used with; those that come from the same branches are not mixed. */
export const pairs = (
    address: Value,
    method: Value | undefined,
): readonly (readonly [TextValue, Value | undefined])[] => {
    const texts = (value: Value): readonly TextValue[] => settled(value).flatMap(option => elementsOf(option));
    if (method?.t === "any" && address.t === "any" && method.join !== undefined && method.join === address.join) {
        return zip(address, method).flatMap(([each, with_]) => texts(each).map(text => [text, with_] as const));
    }
    const methods = method === undefined ? [undefined] : settled(method);
    return texts(address).flatMap(text => methods.map(each => [text, each] as const));
};

const zip = (address: AnyValue, method: AnyValue): (readonly [Value, Value | undefined])[] =>
    address.options.map((each, index) => [each, method.options[index]] as const);

const isAddress = (value: Value): boolean =>
    textsOf(value).every(({ parts }) => parts.some(part => !isHole(part) && /^\/|^https?:/i.test(part.text)));

/** The property of several objects at once is the property of each: one of them is meant. */
const elementsOf = (value: Value): readonly TextValue[] => {
    if (value.t !== "list" || value.items.length === 0) return textsOf(value);
    const isOne = !value.open && value.items.length === 1;
    if (!isOne && !value.items.every(isAddress)) return textsOf(value);
    return [...value.items.flatMap(textsOf), ...(value.open ? [unknown("a list")] : [])];
};

/** A method, or what stands for none: GET, or what the request implies when it has a body. */
export const methodName = (value: Value | undefined, implied: string): string | undefined => {
    if (value === undefined || value.t === "nothing") return implied;
    const name = plain(value)?.trim().toUpperCase();
    if (name === "" || name === "DEFAULT") return implied;
    return name !== undefined && METHODS.has(name) ? (name === "HEAD" ? "GET" : name) : undefined;
};
