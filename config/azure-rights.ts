import { solveAzure } from "../access/azure-solver.ts";
import { findRole } from "../access/roles.ts";
import type { CustomRoleArgs, RoleArgs } from "../components/azure-grants-args.ts";
import { splitActions } from "../components/custom-role.ts";
import type { RawAzureGrant } from "./raw.ts";

const WAYS = ["role", "roleId", "actions"] as const;

const checkWays = (raw: RawAzureGrant): void => {
    const given = WAYS.filter(way => raw[way] !== undefined);
    if (given.length !== 1) throw new Error(`expected one of ${WAYS.join(", ")}, got ${given.join(" and ") || "none"}`);
    if (raw.builtIn !== undefined && raw.actions === undefined) throw new Error("'builtIn' is for a list of actions");
};

/** Built-in roles that cover actions and open the least more. @throws when none do. */
const cover = (actions: readonly string[]): { role: string; actions: readonly string[] }[] => {
    const { roles, uncovered } = solveAzure(actions);
    if (uncovered.length > 0)
        throw new Error(
            `no built-in role that may be given covers ${uncovered.join(", ")}; leave 'builtIn' out to define a custom role`,
        );
    return roles.map(({ name, coversOnly }) => ({ role: name, actions: coversOnly }));
};

/** A role, or just some actions, before it is known on what. */
export type Rights = Omit<RoleArgs, "scope"> | Omit<CustomRoleArgs, "scope">;

/**
 * What a declared grant gives.
 * @throws when it does not say so in just one way, or what it says is unknown.
 */
export const rightsOf = (raw: RawAzureGrant): Rights[] => {
    checkWays(raw);
    if (raw.actions === undefined) return [{ role: findRole(raw.role ?? raw.roleId ?? "").name }];
    return rightsFor(raw.actions, raw.builtIn ?? false);
};

/**
 * Just the given actions: as a custom role of theirs, or as built-in roles that open the least more.
 * @throws when an action is unknown, or no built-in role covers it.
 */
export const rightsFor = (actions: readonly string[], builtIn: boolean): Rights[] => {
    const split = splitActions(actions);
    return builtIn ? cover(actions) : [{ actions: [...split.actions, ...split.dataActions] }];
};
