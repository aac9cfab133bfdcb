import { MICROSOFT_GRAPH, appRoles } from "./apis.ts";
import { lazy } from "./facts.ts";
import { callTable } from "./graph-table.ts";
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

const optionsOfSet = (set: number): Option[] => {
    const entries = callTable().sets[set]?.[2] ?? [];
    const options = entries.flatMap((entry): Option[] =>
        typeof entry === "number" ? [[entry]] : entry[1].map(partner => [entry[0], partner].sort((a, b) => a - b)),
    );
    const known = permissions();
    return minimalOptions(options.filter(option => option.every(number => known[number]?.grantable === true)));
};

const kept = new Map<number, readonly Option[]>();

/** The options of a permission set of the table, of grantable permissions only. */
export const setOptions = (set: number): readonly Option[] => {
    const known = kept.get(set);
    if (known !== undefined) return known;
    const options = optionsOfSet(set);
    kept.set(set, options);
    return options;
};

/** The permissions a set of the table lists for applications, grantable or not. */
export const listedIn = (set: number): readonly Permission[] => {
    const entries = callTable().sets[set]?.[2] ?? [];
    return entries.flatMap(entry => permissions()[typeof entry === "number" ? entry : entry[0]] ?? []);
};
