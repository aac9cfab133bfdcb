import { solveAzure } from "../access/azure-solver.ts";
import { didYouMean } from "../access/name.ts";
import { findRole } from "../access/roles.ts";
import { normaliseScope, parseScope } from "../access/scope.ts";
import type { CustomRoleArgs, RoleArgs } from "../components/azure-grants.ts";
import { splitActions } from "../components/custom-role.ts";
import type { AzureDeclaration, ScopeOwner } from "./declaration.ts";
import { groupId, hostId } from "./places.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawAzureGrant, RawScope, RawWorkload } from "./raw.ts";

/** What scopes can name. */
export interface Places {
    readonly subscription: string;
    readonly workloads: ReadonlyMap<string, RawWorkload>;
    /** Groups that the program makes. */
    readonly groups: ReadonlySet<string>;
}

interface ReadScope {
    readonly scope: string;
    readonly owned: ScopeOwner;
}

const ofWorkload = (name: string, { subscription, workloads }: Places): ReadScope => {
    const workload = workloads.get(name);
    if (!workload) throw new Error(`unknown workload '${name}'${didYouMean(name, [...workloads.keys()])}`);
    const scope = hostId(subscription, name, workload);
    if (scope === undefined)
        throw new Error(`workload '${name}' has no account or Function App that a role could be assigned on`);
    return { scope, owned: { workload: name } };
};

const ownedGroup = (group: string | undefined, subscription: string | undefined, places: Places): ScopeOwner => {
    if (group === undefined || subscription?.toLowerCase() !== places.subscription.toLowerCase()) return {};
    const made = [...places.groups].find(name => name.toLowerCase() === group.toLowerCase());
    return made === undefined ? {} : { group: made };
};

const readScope = (raw: RawScope, places: Places): ReadScope => {
    if (typeof raw !== "string") {
        if ("workload" in raw) return ofWorkload(raw.workload, places);
        if ("subscription" in raw) return { scope: `/subscriptions/${raw.subscription}`, owned: {} };
        return {
            scope: groupId(places.subscription, raw.group),
            owned: ownedGroup(raw.group, places.subscription, places),
        };
    }
    const { id, resourceGroup, subscription } = parseScope(raw);
    return { scope: id, owned: ownedGroup(resourceGroup, subscription, places) };
};

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

type Rights = Omit<RoleArgs, "scope"> | Omit<CustomRoleArgs, "scope">;

const rightsOf = (raw: RawAzureGrant): Rights[] => {
    checkWays(raw);
    if (raw.actions === undefined) return [{ role: findRole(raw.role ?? raw.roleId ?? "").name }];
    const { actions, dataActions } = splitActions(raw.actions);
    return raw.builtIn ? cover(raw.actions) : [{ actions: [...actions, ...dataActions] }];
};

const reasonOf = (rights: Rights): string | undefined =>
    rights.actions ? `Needed for ${rights.actions.join(", ")}` : undefined;

const read = (raw: RawAzureGrant, scope: ReadScope, workload: RawWorkload): AzureDeclaration[] =>
    rightsOf(raw).map(rights => {
        const reason = raw.reason ?? workload.reason ?? reasonOf(rights);
        const owner = raw.owner ?? workload.owner;
        return {
            ...rights,
            ...scope,
            ...(reason !== undefined && { reason }),
            ...(owner !== undefined && { owner }),
            ...(raw.adopt !== undefined && { adopt: raw.adopt }),
        } as AzureDeclaration;
    });

const keyOf = (grant: AzureDeclaration): string =>
    `${"role" in grant ? grant.role : "actions"} on ${normaliseScope(grant.scope)}`;

/** The Azure roles of a workload. */
export const readAzureGrants = (
    problems: Problems,
    at: Path,
    workload: RawWorkload,
    places: Places,
): AzureDeclaration[] => {
    const seen = new Set<string>();
    return (workload.azure ?? []).flatMap((raw, n) => {
        const path = [...at, "azure", n];
        const scope = problems.at([...path, "scope"], () => readScope(raw.scope, places));
        const rights = problems.at(path, () => rightsOf(raw));
        if (!scope || !rights) return [];
        const grants = read(raw, scope, workload);
        const twice = grants.map(keyOf).find(key => seen.has(key));
        for (const grant of grants) seen.add(keyOf(grant));
        if (twice === undefined) return grants;
        problems.add(path, `${twice.startsWith("actions") ? "a list of " : "role "}${twice} is declared twice`);
        return [];
    });
};
