import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { AccessModel, Entry, Host, Place, Principal, Right, RoleRight, Undecided } from "../access/model.ts";
import { findRole } from "../access/roles.ts";
import { parseScope } from "../access/scope.ts";

/** Small models of access as a stack gives it, for tests. */
const STACK = "urn:pulumi:prod::payroll::";
export const SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";

export const UNKNOWN: Undecided = { undecided: "'principalId' is not known before its resources exist" };

export const urn = (type: string, name: string): string => `${STACK}${type}::${name}`;

/** A user-assigned identity. */
export const identity = (name: string): Principal => ({
    key: urn("azure-native:managedidentity:UserAssignedIdentity", name),
    kind: "user-assigned",
    name,
});

/** A place by its id, with those around it. */
export const place = (id: string): Place => {
    const { kind, resourceType, resourceGroup, subscription } = parseScope(id);
    const lower = id.toLowerCase();
    const around =
        kind === "resource" && resourceGroup !== undefined
            ? `/subscriptions/${subscription ?? ""}/resourceGroups/${resourceGroup}`
            : kind === "resourceGroup"
              ? `/subscriptions/${subscription ?? ""}`
              : undefined;
    return {
        kind,
        id: lower,
        ...(resourceType === undefined ? {} : { type: resourceType.toLowerCase() }),
        ...(around === undefined ? {} : { within: place(around) }),
    };
};

interface Said {
    readonly reason?: string;
    readonly owner?: string;
}

/** A Graph permission. */
export const permission = (
    holder: Principal,
    name: string,
    more: Said & { readonly calls?: readonly string[]; readonly resource?: string } = {},
): Right => {
    const { resource, ...said } = more;
    const key = urn("azuread:index/appRoleAssignment:AppRoleAssignment", resource ?? `${holder.name}-${name}`);
    const { tier } = findAppRole(MICROSOFT_GRAPH, name);
    return {
        kind: "permission",
        key,
        urn: key,
        holder: holder.key,
        tier,
        api: "Microsoft Graph",
        appId: MICROSOFT_GRAPH,
        permission: name,
        ...said,
    };
};

/** A built-in role on a scope. */
export const role = (
    holder: Principal,
    name: string,
    scope: string,
    more: Said & Partial<Pick<RoleRight, "actions" | "condition" | "eligible">> & { readonly resource?: string } = {},
): RoleRight => {
    const { resource, ...said } = more;
    const key = urn("azure-native:authorization:RoleAssignment", resource ?? `${holder.name}-${name.toLowerCase()}`);
    const definition = findRole(name);
    return {
        kind: "role",
        key,
        urn: key,
        holder: holder.key,
        tier: definition.tier,
        role: definition.name,
        definition,
        scope: place(scope),
        ...said,
    };
};

/** A model of some principals and what they hold. */
export const model = (
    principals: readonly Principal[],
    rights: readonly Right[],
    more: { readonly hosts?: readonly Host[]; readonly entries?: readonly Entry[] } = {},
): AccessModel => ({ principals, rights, hosts: more.hosts ?? [], entries: more.entries ?? [] });

export const NOTHING = model([], []);
