import type { CheckFailure } from "../provider.ts";
import { UNKNOWN, isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import type { ResourceType } from "./resource-type.ts";
import type { Limits } from "./rows.ts";
import { elementKind, isRequired, mapKind, plainKind, typeMembers } from "./shapes.ts";
import type { Kind, Members } from "./shapes.ts";

const nameOfKind = (kind: Kind): string => {
    if (elementKind(kind) !== undefined || plainKind(kind) === "set") return "array";
    return plainKind(kind) ?? "object";
};

const wrongKind = (path: string, kind: Kind, got: string): CheckFailure => ({
    reason: `'${path}' should be of type '${nameOfKind(kind)}' but got ${got}`,
});

const checkArray = (path: string, kind: Kind, value: readonly Value[]): CheckFailure[] => {
    if (nameOfKind(kind) !== "array") return [wrongKind(path, kind, "an array")];
    const element = elementKind(kind) ?? "string";
    return value.flatMap((item, index) => checkValue(`${path}[${index}]`, element, item));
};

/** Objects where a plain value belongs, and booleans anywhere, pass here, as in the real plugin: Azure refuses them. */
const checkValue = (path: string, kind: Kind, value: Value): CheckFailure[] => {
    if (value === UNKNOWN || plainKind(kind) === "any") return [];
    if (Array.isArray(value)) return checkArray(path, kind, value);
    if (isObject(value)) {
        const members = typeMembers(kind);
        return members === undefined || mapKind(kind) !== undefined ? [] : checkMembers(`${path}.`, members, value);
    }
    if (typeof value === "string" && plainKind(kind) !== "string") return [wrongKind(path, kind, "a string")];
    if (typeof value === "number" && plainKind(kind) !== "number") return [wrongKind(path, kind, "a number")];
    return [];
};

const missing = (path: string): CheckFailure => {
    const hint = ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";
    return { reason: `missing required property '${path}'${path === "location" ? hint : ""}` };
};

const checkMembers = (prefix: string, members: Members, values: Properties): CheckFailure[] =>
    Object.entries(members).flatMap(([name, kind]) => {
        const value = values[name];
        if (value === undefined) return isRequired(kind) ? [missing(prefix + name)] : [];
        return checkValue(prefix + name, kind, value);
    });

const checkLimits = (name: string, limits: Limits, value: string): CheckFailure[] => {
    const { minLength = 0, maxLength = Infinity, pattern } = limits;
    const reasons = [
        value.length < minLength &&
            `'${name}' is too short (${value.length}): at least ${minLength} characters required`,
        value.length > maxLength && `'${name}' is too long (${value.length}): at most ${maxLength} characters allowed`,
        pattern !== undefined && !new RegExp(pattern).test(value) && `'${name}' does not match expression '${pattern}'`,
    ];
    return reasons.filter(reason => reason !== false).map(reason => ({ reason }));
};

/** What the real plugin finds wrong with inputs before it calls Azure; properties it does not know it passes over. */
export const failuresOf = (type: ResourceType, inputs: Properties): CheckFailure[] => {
    const named = type.nameInput in inputs ? [] : [missing(type.nameInput)];
    const members = Object.fromEntries(Object.entries(type.inputs).filter(([name]) => name !== type.nameInput));
    const limited = Object.entries(type.row.limits ?? {}).flatMap(([name, limits]) => {
        const value = inputs[name];
        return typeof value === "string" && value !== UNKNOWN ? checkLimits(name, limits, value) : [];
    });
    return [...named, ...checkMembers("", members, inputs), ...limited];
};
