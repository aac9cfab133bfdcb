import { MICROSOFT_GRAPH, appRoles } from "./apis.ts";
import { lazy } from "./facts.ts";
import { callTable } from "./graph-table.ts";
import type { Entry, Limit } from "./graph-table.ts";
import type { Tier } from "./tier.ts";

/** A permission of the call table, by its number there. */
export interface Permission {
    readonly number: number;
    readonly name: string;
    readonly tier: Tier;
    /** It has an app role that is not disabled: an identity can be granted it. */
    readonly grantable: boolean;
}

/** Permissions, by number and ascending, that allow a call together and not without one another. */
export type Option = readonly number[];

interface Numbered {
    readonly permissions: readonly Permission[];
    readonly byName: ReadonlyMap<string, Permission>;
}

const numbered = lazy((): Numbered => {
    const roles = new Map(appRoles(MICROSOFT_GRAPH).map(role => [role.name, role]));
    const permissions = callTable().permissions.map((name, number): Permission => {
        const role = roles.get(name);
        return { number, name, tier: role?.tier ?? 0, grantable: role !== undefined && role.state !== "disabled" };
    });
    return { permissions, byName: new Map(permissions.map(permission => [permission.name.toLowerCase(), permission])) };
});

/** Every permission of the call table, in the order of names. */
export const permissions = (): readonly Permission[] => numbered().permissions;

/** The permission of the call table with a name, in any case. */
export const permissionNamed = (name: string): Permission | undefined => numbered().byName.get(name.toLowerCase());

const contains = (all: Option, some: Option): boolean => some.every(number => all.includes(number));

/** Options without those that contain another, in a fixed order. */
export const minimalOptions = (options: readonly Option[]): Option[] => {
    const unique = [...new Map(options.map(option => [option.join(), option])).values()];
    return unique
        .filter(option => !unique.some(other => other.length < option.length && contains(option, other)))
        .sort((a, b) => a.length - b.length || (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0));
};

/** Which of the listed permissions count: as reviewed, or all of them, as the source table has it. */
export type Reading = "reviewed" | "raw";

const alternatives = (entry: Entry, reading: Reading): Option[] => {
    if (typeof entry === "number") return [[entry]];
    const [permission, partners, limit] = entry;
    if (limit !== undefined) return reading === "raw" ? [[permission]] : [];
    return partners.map(partner => pair(permission, partner));
};

const pair = (a: number, b: number): Option => (a < b ? [a, b] : [b, a]);

const isGrantable = (option: Option): boolean => option.every(number => permissions()[number]?.grantable === true);

const optionsOfSet = (set: number, reading: Reading): Option[] => {
    const entries = callTable().sets[set]?.[2] ?? [];
    return minimalOptions(entries.flatMap(entry => alternatives(entry, reading)).filter(isGrantable));
};

const kept: Record<Reading, (readonly Option[])[]> = { reviewed: [], raw: [] };

/** The options of a permission set of the table, of grantable permissions only. */
export const setOptions = (set: number, reading: Reading = "reviewed"): readonly Option[] =>
    (kept[reading][set] ??= optionsOfSet(set, reading));

/** A permission that a set lists although it serves the calls only within a limit. */
export interface LimitedPermission {
    readonly permission: Permission;
    readonly limit: Limit;
}

/** The grantable permissions that a set lists within a limit. */
export const limitedIn = (set: number): readonly LimitedPermission[] =>
    (callTable().sets[set]?.[2] ?? []).flatMap(entry => {
        const limit = typeof entry === "number" || entry[2] === undefined ? undefined : callTable().limits[entry[2]];
        const permission = typeof entry === "number" ? undefined : permissions()[entry[0]];
        return limit === undefined || permission?.grantable !== true ? [] : [{ permission, limit }];
    });

/** The permissions a set of the table lists for applications, grantable or not. */
export const listedIn = (set: number): readonly Permission[] => {
    const entries = callTable().sets[set]?.[2] ?? [];
    return entries.flatMap(entry => permissions()[typeof entry === "number" ? entry : entry[0]] ?? []);
};
