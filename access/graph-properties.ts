import { limitedIn, minimalOptions, permissionNamed } from "./graph-sets.ts";
import type { Option } from "./graph-sets.ts";
import { callTable } from "./graph-table.ts";
import type { PropertyRule } from "./graph-table.ts";

const applies = (rule: PropertyRule, path: string, properties: readonly string[]): boolean =>
    rule.path === path &&
    (rule.properties !== undefined
        ? properties.some(property => rule.properties?.includes(property) === true)
        : properties.some(property => rule.except?.includes(property) === false));

const numbers = (names: readonly string[]): number[] => names.flatMap(name => permissionNamed(name)?.number ?? []);

const underRule = (options: readonly Option[], { also, not }: PropertyRule): Option[] => {
    const excluded = numbers(not ?? []);
    const partners = numbers(also ?? []);
    const left = options.filter(option => !option.some(number => excluded.includes(number)));
    if (partners.length === 0) return left;
    return left.flatMap(option => partners.map(partner => [...new Set([...option, partner])].sort((a, b) => a - b)));
};

/** Permissions that reach only some properties serve a call that is known to touch no others. */
const withinLimits = (set: number, properties: readonly string[]): Option[] =>
    limitedIn(set).flatMap(({ permission, limit: [, reached, also] }) =>
        reached !== null && properties.every(property => reached.includes(property))
            ? [[permission.number, ...also].sort((a, b) => a - b)]
            : [],
    );

/** The options of a call, given the properties it touches: some need more permissions, some are served by less. */
export const withProperties = (
    options: readonly Option[],
    set: number,
    segments: readonly string[],
    properties: readonly string[],
): readonly Option[] => {
    const path = `/${segments.join("/")}`;
    const lower = properties.map(property => property.toLowerCase());
    const rules = callTable().properties.filter(rule => applies(rule, path, lower));
    const within = withinLimits(set, lower);
    if (rules.length === 0 && within.length === 0) return options;
    return minimalOptions(rules.reduce<readonly Option[]>(underRule, [...options, ...within]));
};
