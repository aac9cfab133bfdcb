import { minimalOptions, permissionNamed } from "./graph-sets.ts";
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

/** The options that also return the properties a call reads. */
export const withProperties = (
    options: readonly Option[],
    segments: readonly string[],
    properties: readonly string[],
): readonly Option[] => {
    const path = `/${segments.join("/")}`;
    const lower = properties.map(property => property.toLowerCase());
    const rules = callTable().properties.filter(rule => applies(rule, path, lower));
    return rules.length === 0 ? options : minimalOptions(rules.reduce<readonly Option[]>(underRule, options));
};
