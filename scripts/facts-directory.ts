import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tier } from "../access/tier.ts";
import { citeSource } from "./facts-sources.ts";

const RAW = "entra-role-tiers.json";

interface RawDirectoryRole {
    readonly RoleId: string;
    readonly RoleName: string;
    readonly InheritsPermissionsFrom: readonly string[] | null;
    readonly RolePermissions: readonly {
        readonly AuthorizedResourceAction: string;
        readonly EAMTierLevelTagValue: string;
    }[];
    readonly Classification: { readonly EAMTierLevelTagValue: string } | null;
}

/** Control plane actions are numbers: places in the list of all. */
export type DirectoryRoleRow = readonly [id: string, name: string, tier: Tier, controlPlane: readonly number[]];

/** As for Azure roles, what nobody has judged counts as control plane. */
const tierOf = ({ Classification }: RawDirectoryRole): Tier => {
    const value = Classification?.EAMTierLevelTagValue ?? "";
    return value === "1" ? 1 : value === "2" ? 2 : 0;
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The control plane actions of a role, its own and those of the roles it inherits from. */
const controlPlane = (role: RawDirectoryRole, byId: ReadonlyMap<string, RawDirectoryRole>): readonly string[] => {
    const found = new Set<string>();
    const seen = new Set<RawDirectoryRole>();
    const add = (each: RawDirectoryRole | undefined): void => {
        if (each === undefined || seen.has(each)) return;
        seen.add(each);
        for (const { AuthorizedResourceAction: action, EAMTierLevelTagValue: tier } of each.RolePermissions)
            if (tier === "0") found.add(action);
        for (const id of each.InheritsPermissionsFrom ?? []) add(byId.get(id));
    };
    add(role);
    return [...found].sort(byText);
};

/**
 * Compiles the roles of the directory from the raw file in `folder` into `out`: tiers, and the actions of the control
 * plane. Fails when the raw file is missing or does not have the shape it had when the table was designed.
 */
export const compileDirectoryRoles = (folder: string, out: string): void => {
    const raw = JSON.parse(readFileSync(join(folder, RAW), "utf8")) as readonly RawDirectoryRole[];
    const byId = new Map(raw.map(role => [role.RoleId, role]));
    const actionsOf = new Map(raw.map(role => [role, controlPlane(role, byId)]));
    const actions = [...new Set([...actionsOf.values()].flat())].sort(byText);
    const placeOf = new Map(actions.map((action, place) => [action, place]));
    const rows = raw
        .map((role): DirectoryRoleRow => {
            const places = (actionsOf.get(role) ?? []).map(action => placeOf.get(action) ?? -1);
            return [role.RoleId.toLowerCase(), role.RoleName.trim(), tierOf(role), places];
        })
        .sort((a, b) => byText(a[1], b[1]));
    const lines = (values: readonly unknown[]): string =>
        `[\n${values.map(value => JSON.stringify(value)).join(",\n")}\n]`;
    writeFileSync(
        join(out, "directory-roles.json"),
        `{\n"sources": ${JSON.stringify([citeSource(RAW)])},\n"actions": ${lines(actions)},\n"roles": ${lines(rows)}\n}\n`,
    );
};
