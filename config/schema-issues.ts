import type { z } from "zod";
import { didYouMean } from "../access/name.ts";
import type { Path } from "./problems.ts";

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: "invalid_union" }>;

const kindOf = (value: unknown): string =>
    Array.isArray(value)
        ? "a list"
        : value === null
          ? "nothing"
          : typeof value === "object"
            ? "an object"
            : `'${String(value)}'`;

/** The keys that a place of the schema takes, for the nearest match of a misspelled one. */
const keysAt = (schema: z.core.$ZodType, path: Path): readonly string[] => {
    const def = schema._zod.def as {
        type: string;
        shape?: Record<string, z.core.$ZodType>;
        innerType?: z.core.$ZodType;
        element?: z.core.$ZodType;
        valueType?: z.core.$ZodType;
        options?: z.core.$ZodType[];
    };
    if (def.innerType) return keysAt(def.innerType, path);
    if (def.options) return def.options.flatMap(option => keysAt(option, path));
    const [key, ...rest] = path;
    if (key === undefined) return Object.keys(def.shape ?? {});
    const inner = def.shape?.[key] ?? def.element ?? def.valueType;
    return inner === undefined ? [] : keysAt(inner, rest);
};

const valueAt = (value: unknown, path: Path): unknown =>
    path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);

/** Of the forms a place can take, the one that was meant: the one whose own type fits. */
const meant = (issue: UnionIssue): readonly Issue[] | undefined => {
    const fitting = issue.errors.filter(
        issues =>
            !issues.some(
                ({ path, code }) => path.length === 0 && (code === "invalid_type" || code === "invalid_value"),
            ),
    );
    return fitting.toSorted((a, b) => weight(a) - weight(b))[0];
};

/** A form of other keys than those given was not meant. */
const weight = (issues: readonly Issue[]): number =>
    issues.reduce(
        (sum, issue) =>
            sum + (issue.code === "unrecognized_keys" && issue.path.length === 0 ? 10 * issue.keys.length : 1),
        0,
    );

/** One thing that a schema finds wrong with a value. */
export interface Fault {
    /** Where in the value. */
    readonly path: Path;
    readonly message: string;
    /** Whether the key itself is not one that the place takes. */
    readonly isKey: boolean;
}

/** What a schema found wrong, in the words of the configuration. */
export const faultsOf = (
    value: unknown,
    schema: z.core.$ZodType,
    issues: readonly Issue[],
    within: Path = [],
): Fault[] =>
    issues.flatMap(issue => {
        const path = [...within, ...(issue.path as (string | number)[])];
        if (issue.code === "unrecognized_keys")
            return issue.keys.map(key => unknownKey([...path, key], keysAt(schema, path)));
        if (issue.code === "invalid_key") return faultsOf(value, schema, issue.issues, path);
        const form = issue.code === "invalid_union" ? meant(issue) : undefined;
        if (form) return faultsOf(value, schema, form, path);
        const given = valueAt(value, path);
        const message =
            issue.code === "invalid_union" ? unfit(given, keysAt(schema, path), issue) : messageOf(issue, given);
        return [{ path, message, isKey: false }];
    });

const unknownKey = (path: Path, known: readonly string[]): Fault => {
    const hint = didYouMean(String(path.at(-1)), known) || `; expected one of ${known.join(", ")}`;
    return { path, message: `unknown key${hint}`, isKey: true };
};

const unfit = (value: unknown, keys: readonly string[], issue: UnionIssue): string => {
    const words = issue.errors.flat().find(({ code, path }) => code === "invalid_value" && path.length === 0);
    if (words && typeof value === "string") return messageOf(words, value);
    const expected = `text${keys.length > 0 ? ` or an object of ${keys.join(", ")}` : ""}`;
    return value === undefined ? `is missing; expected ${expected}` : `got ${kindOf(value)}; expected ${expected}`;
};

const EXPECTED: Readonly<Record<string, string>> = {
    string: "text",
    object: "an object",
    record: "an object",
    array: "a list",
    boolean: "true or false",
    number: "a number",
};

const messageOf = (issue: Issue, value: unknown): string => {
    if (issue.code === "invalid_type") {
        const expected = EXPECTED[issue.expected] ?? issue.expected;
        return value === undefined ? `is missing; expected ${expected}` : `got ${kindOf(value)}; expected ${expected}`;
    }
    if (issue.code === "invalid_value") return `got ${kindOf(value)}; expected ${issue.values.join(" or ")}`;
    if (issue.code === "too_small" && issue.origin === "array") return "is empty; expected at least one";
    return issue.message;
};
