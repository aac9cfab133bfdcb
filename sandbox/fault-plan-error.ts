import type { z } from "zod";
import { didYouMean } from "../access/name.ts";

type Issue = z.core.$ZodIssue;

const at = (path: readonly PropertyKey[]): string =>
    path
        .map(part => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
        .join("")
        .replace(/^\./, "");

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
    path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part], input);

const oneOf = (value: unknown, options: readonly string[]): string =>
    `expected one of ${options.join(", ")}, got ${JSON.stringify(value)}` +
    (typeof value === "string" ? didYouMean(value, options) : "");

const what = (issue: Issue, value: unknown, keys: readonly string[]): string => {
    if (issue.code === "unrecognized_keys") {
        const [key = ""] = issue.keys;
        return `unknown key '${key}'${didYouMean(key, keys)}`;
    }
    if (issue.code === "invalid_union" && "options" in issue) return oneOf(value, issue.options as readonly string[]);
    if (issue.code === "invalid_value") return oneOf(value, issue.values.map(String));
    if (issue.code === "too_small") return `expected at least ${issue.minimum}, got ${JSON.stringify(value)}`;
    if (issue.code === "too_big") return `expected at most ${issue.maximum}, got ${JSON.stringify(value)}`;
    if (issue.code === "invalid_type") return `expected ${issue.expected}, got ${JSON.stringify(value) ?? "nothing"}`;
    return issue.message;
};

/** The first mistake in a fault plan: its place, the value got, what was expected, the nearest match. */
export const faultPlanError = (
    where: string,
    input: unknown,
    issues: readonly Issue[],
    keys: readonly string[],
): Error => {
    const [issue] = issues;
    if (!issue) return new Error(where);
    const place = at(issue.path);
    return new Error(`${where}: ${place === "" ? "" : `${place}: `}${what(issue, valueAt(input, issue.path), keys)}`);
};
