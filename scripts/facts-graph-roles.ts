import type { Tier } from "../access/tier.ts";
import type { RawAppRole, RawDeployment, RawPermissions } from "./graph-source.ts";

export const MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

/** State of an app role: 0 enabled, 1 hidden from portals, 2 disabled. */
type State = 0 | 1 | 2;

export type AppRoleRow = readonly [name: string, id: string, tier: Tier, state: State];

/** `access/facts/app-roles.json`. */
export interface AppRoleTable {
    readonly roles: Readonly<Record<string, readonly AppRoleRow[]>>;
    /** Names on Microsoft Graph that only delegated permissions have. */
    readonly delegatedOnly: readonly string[];
    /** Names on Microsoft Graph that the tables list for applications without a valid app role id. */
    readonly withoutId: readonly string[];
    /** Names on Microsoft Graph that applications can only be given per resource, by resource-specific consent. */
    readonly resourceSpecific: readonly string[];
}

/**
 * Tiers of grantable permissions that the tier source does not list, after those of their nearest relatives there.
 * A permission in neither list is management plane when it reads and control plane when it writes.
 */
const REVIEWED_TIERS: Readonly<Record<string, Tier>> = {
    "Group-PreferredDataLocation.ReadWrite.All": 1,
    "SecurityCopilotWorkspaces.ReadWrite.All": 1,
};

const tierOf = (name: string, listed: RawAppRole | undefined): Tier =>
    listed === undefined
        ? (REVIEWED_TIERS[name] ?? (/\.Read(Basic)?(\.|$)/.test(name) ? 1 : 0))
        : (Number(listed.EAMTierLevelTagValue) as Tier);

const stateOf = (deployment: RawDeployment | undefined): State => {
    if (deployment === undefined || (deployment.isEnabled && !deployment.isHidden)) return 0;
    return deployment.isEnabled ? 1 : 2;
};

const byName = (a: AppRoleRow, b: AppRoleRow): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

/** Some ids of the provisioning table are empty, and one has a digit too many. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The app role of a Graph permission: its id as the service principal has it, else as provisioned. */
const graphRole = (
    name: string,
    listed: RawAppRole | undefined,
    deployment: RawDeployment | undefined,
): AppRoleRow | undefined => {
    const id = (listed?.AppRoleId ?? deployment?.id ?? "").toLowerCase();
    return !GUID.test(id) ? undefined : [name, id, tierOf(name, listed), stateOf(deployment)];
};

const graphRoles = (raw: RawRoleTables, resourceSpecific: ReadonlySet<string>): AppRoleRow[] => {
    const listed = new Map(
        raw.tiers.filter(role => role.AppId === MICROSOFT_GRAPH).map(role => [role.AppRoleDisplayName, role]),
    );
    const application = Object.keys(raw.permissions).filter(
        name => "Application" in (raw.permissions[name]?.schemes ?? {}),
    );
    return [...new Set([...application, ...listed.keys()])]
        .filter(name => !resourceSpecific.has(name))
        .flatMap(name => {
            const deployment = raw.deployments[name]?.find(({ scheme }) => scheme === "Application");
            const row = graphRole(name, listed.get(name), deployment);
            return row === undefined ? [] : [row];
        });
};

const otherRoles = (tiers: readonly RawAppRole[]): Record<string, AppRoleRow[]> => {
    const roles: Record<string, AppRoleRow[]> = {};
    for (const role of tiers) {
        const { AppId, AppRoleId, AppRoleDisplayName: name } = role;
        if (AppId !== MICROSOFT_GRAPH)
            (roles[AppId] ??= []).push([name, AppRoleId.toLowerCase(), tierOf(name, role), 0]);
    }
    return roles;
};

export interface RawRoleTables {
    readonly permissions: RawPermissions;
    readonly deployments: Readonly<Record<string, readonly RawDeployment[]>>;
    readonly tiers: readonly RawAppRole[];
}

/** App roles of Microsoft Graph and of the other first-party APIs. */
export const compileAppRoles = (raw: RawRoleTables): AppRoleTable => {
    const all = Object.entries(raw.permissions);
    const resourceSpecific = all
        .filter(([, { authorizationType }]) => authorizationType === "RSC")
        .map(([name]) => name);
    const graph = graphRoles(raw, new Set(resourceSpecific));
    const taken = new Set([...resourceSpecific, ...graph.map(([name]) => name)]);
    const roles = { [MICROSOFT_GRAPH]: graph, ...otherRoles(raw.tiers) };
    for (const list of Object.values(roles)) list.sort(byName);
    const left = all.filter(([name]) => !taken.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
    const isDelegated = ([, { schemes }]: (typeof all)[number]): boolean =>
        Object.keys(schemes).some(scheme => scheme.startsWith("Delegated"));
    return {
        roles,
        delegatedOnly: left.filter(isDelegated).map(([name]) => name),
        withoutId: left.filter(entry => !isDelegated(entry)).map(([name]) => name),
        resourceSpecific: resourceSpecific.sort(),
    };
};

/** Names on an API that can be granted: those with an app role that is not disabled. */
export const grantableOn = ({ roles }: AppRoleTable, appId: string): ReadonlySet<string> =>
    new Set((roles[appId] ?? []).filter(([, , , state]) => state !== 2).map(([name]) => name));
