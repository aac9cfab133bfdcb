import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { armOverrides } from "./facts-azure-calls.ts";
import type { RestActions } from "./facts-azure-calls.ts";
import { REVIEWED_CALLS } from "./facts-azure-reviews.ts";
import { ActionNames } from "./facts-azure-names.ts";
import { compileRoles } from "./facts-azure-roles.ts";
import type { RawRole, RawTier } from "./facts-azure-roles.ts";
import { citeSource } from "./facts-sources.ts";

const ROLES_SOURCE = citeSource("azure-built-in-roles.json");
const TIERS_SOURCE = citeSource("azure-role-tiers.json");
const CALLS_SOURCE = citeSource("azure-rest-actions.json");

const read = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), "utf8")) as T;

const lines = (values: readonly unknown[]): string => `[\n${values.map(value => JSON.stringify(value)).join(",\n")}\n]`;

const write = (file: string, fields: Record<string, string>): void => {
    const body = Object.entries(fields).map(([key, json]) => `${JSON.stringify(key)}: ${json}`);
    writeFileSync(file, `{\n${body.join(",\n")}\n}\n`);
};

const addCalls = (names: ActionNames, calls: RestActions): void => {
    for (const paths of Object.values(calls)) {
        for (const actions of Object.values(paths)) {
            for (const [action, flags] of Object.entries(actions)) {
                names.add(action, flags.isDataAction === true ? "dataAction" : "action");
            }
        }
    }
};

/**
 * Compiles the Azure tables (known actions with tiers, built-in roles, odd ARM calls) from the raw files in `folder`
 * into `out`. Fails when a raw file is missing or does not have the shape it had when the table was designed.
 */
export const compileAzure = (folder: string, out: string): void => {
    const calls = read<RestActions>(folder, "azure-rest-actions.json");
    const rawRoles = read<readonly RawRole[]>(folder, "azure-built-in-roles.json");
    const rawTiers = read<readonly RawTier[]>(folder, "azure-role-tiers.json");
    const names = new ActionNames();
    addCalls(names, calls);
    for (const { action } of REVIEWED_CALLS) names.add(action, "action");
    for (const role of rawRoles) for (const block of role.permissions) names.addBlock(block);
    const known = names.known();
    const overrides = armOverrides(calls, known.kindOf);
    const { roles, patterns, tiers } = compileRoles(rawRoles, rawTiers, known);
    const tierOf = (action: string): string => tiers.get(action.toLowerCase())?.toString() ?? "-";
    write(join(out, "azure-actions.json"), {
        sources: JSON.stringify([CALLS_SOURCE, ROLES_SOURCE, TIERS_SOURCE]),
        tiers: JSON.stringify(known.actions.map(tierOf).join("")),
        dataTiers: JSON.stringify(known.dataActions.map(tierOf).join("")),
        actions: lines(known.actions),
        dataActions: lines(known.dataActions),
    });
    write(join(out, "azure-roles.json"), {
        sources: JSON.stringify([ROLES_SOURCE, TIERS_SOURCE]),
        patterns: lines(patterns),
        roles: lines(roles),
    });
    write(join(out, "azure-rest.json"), {
        sources: JSON.stringify([CALLS_SOURCE]),
        overrides: lines(overrides),
    });
};
