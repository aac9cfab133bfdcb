import { grantKey } from "../../tables.ts";
import type { Cloud } from "../../cloud.ts";
import { AzureError } from "../../error.ts";
import type { RoleAssignment } from "../../records.ts";
import { holdsOn, roleOf, withGroups } from "../authorise.ts";
import { parseFilter } from "../filter.ts";
import { isGuid } from "../lookup.ts";
import { page } from "../page.ts";
import { badRequest, conflict, jsonBody, notFound, objectAt, textAt } from "../request.ts";
import type { ArmRequest, ArmResponse, Json } from "../request.ts";
import { isAssignableOn } from "./role-definitions.ts";

const MOST_ASSIGNMENTS = 4000;

const view = ({ id, name, properties }: RoleAssignment): Json => ({
    id,
    name,
    type: "Microsoft.Authorization/roleAssignments",
    properties,
});

const guidOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1).toLowerCase();

const required = (properties: Json, key: string): string => {
    const value = textAt(properties, key);
    if (value) return value;
    throw badRequest(
        "InvalidCreateRoleAssignmentRequest",
        `The request to create role assignment '${key === "principalId" ? "principal id" : "role definition id"}' is not valid. ` +
            "Role definition id and principal id are required.",
    );
};

const typeOf = (cloud: Cloud, principalId: string): string | undefined => {
    const principal = cloud.servicePrincipals.get(principalId);
    if (principal) return cloud.replicated(principal) ? "ServicePrincipal" : undefined;
    if (cloud.users.has(principalId)) return "User";
    return cloud.groups.has(principalId) ? "Group" : undefined;
};

/**
 * The type of the principal. A caller that says which type it is spares Azure the look-up in the directory, which fails
 * while a new principal is being replicated.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template#new-service-principal
 */
const principalTypeOf = (cloud: Cloud, principalId: string, said: string | undefined): string => {
    if (!isGuid(principalId)) {
        throw badRequest(
            "InvalidPrincipalId",
            `The Principal ID '${principalId}' is not valid. Principal ID must be a GUID.`,
        );
    }
    const found = typeOf(cloud, principalId);
    if (found === undefined && said === undefined) {
        throw badRequest(
            "PrincipalNotFound",
            `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${cloud.tenantId}. Check that you have ` +
                "the correct principal ID. If you are creating this principal and then immediately assigning a role, this error " +
                "might be related to a replication delay. In this case, set the role assignment principalType property to a value, " +
                "such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
        );
    }
    if (found !== undefined && said !== undefined && found !== said) {
        throw badRequest(
            "UnmatchedPrincipalType",
            `The PrincipalId '${principalId.replaceAll("-", "")}' has type '${found}' , which is different from specified PrinciaplType '${said}'.`,
        );
    }
    return found ?? said ?? "";
};

const PRINCIPAL_TYPES = ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];

const checkRole = (cloud: Cloud, roleDefinitionId: string, scope: string): void => {
    const role = roleOf(cloud, roleDefinitionId);
    if (role && isAssignableOn(cloud, role.id, scope)) return;
    throw notFound(
        "RoleDefinitionDoesNotExist",
        `The specified role definition with ID '${guidOf(roleDefinitionId).replaceAll("-", "")}' does not exist.`,
    );
};

/** An assignment keeps its principal, role and scope for life: only its description and condition change. */
const checkUpdate = (existing: RoleAssignment, wanted: RoleAssignment): void => {
    if (grantKey(existing) === grantKey(wanted)) return;
    throw badRequest(
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
};

const checkNew = (cloud: Cloud, wanted: RoleAssignment): void => {
    const [twin] = cloud.roleAssignments.by("grant", grantKey(wanted));
    if (twin) {
        throw conflict(
            "RoleAssignmentExists",
            `The role assignment already exists. The ID of the existing role assignment is ${twin.name.replaceAll("-", "")}.`,
        );
    }
    if (cloud.roleAssignments.size < MOST_ASSIGNMENTS) return;
    throw badRequest(
        "RoleAssignmentLimitExceeded",
        "The role assignment limit exceeded. No more role assignments can be created.",
    );
};

const propertiesOf = (request: ArmRequest, sent: Json, existing: RoleAssignment | undefined): Json => {
    const { caller, now } = request;
    const optional = ["description", "condition", "conditionVersion", "delegatedManagedIdentityResourceId"] as const;
    const time = new Date(now).toISOString();
    return {
        ...Object.fromEntries(optional.map(key => [key, textAt(sent, key) ?? null])),
        createdOn: existing?.properties["createdOn"] ?? time,
        updatedOn: time,
        createdBy: existing?.properties["createdBy"] ?? caller.objectId,
        updatedBy: caller.objectId,
    };
};

const put = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const name = target.name ?? "";
    if (!isGuid(name)) {
        throw badRequest(
            "InvalidRoleAssignmentId",
            `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
        );
    }
    const sent = objectAt(jsonBody(request), "properties");
    const principalId = required(sent, "principalId").toLowerCase();
    const roleDefinitionId = required(sent, "roleDefinitionId");
    const said = textAt(sent, "principalType");
    if (said !== undefined && !PRINCIPAL_TYPES.includes(said)) {
        throw badRequest(
            "InvalidPrincipalType",
            `The principal type '${said}' is not valid; expected one of ${PRINCIPAL_TYPES.join(", ")}.`,
        );
    }
    const scope = target.scope === "" ? "/" : target.scope;
    const [existing] = cloud.roleAssignments.by("name", name.toLowerCase());
    const wanted = { id: target.id, name, scope, roleDefinitionId, principalId };
    const principalType =
        existing?.principalId === principalId ? existing.principalType : principalTypeOf(cloud, principalId, said);
    const inside = { roleDefinitionId, principalId, principalType, scope, ...propertiesOf(request, sent, existing) };
    const assignment: RoleAssignment = { ...wanted, principalType, properties: inside };
    if (existing) checkUpdate(existing, assignment);
    else checkNew(cloud, assignment);
    checkRole(cloud, roleDefinitionId, scope);
    const stored = existing
        ? { ...assignment, id: existing.id, name: existing.name, scope: existing.scope }
        : assignment;
    cloud.roleAssignments.set(stored.id.toLowerCase(), stored);
    return { status: existing ? 200 : 201, body: view(stored) };
};

const get = ({ cloud, target }: ArmRequest): ArmResponse => {
    const assignment = cloud.roleAssignments.get(target.id.toLowerCase());
    if (assignment) return { status: 200, body: view(assignment) };
    throw notFound("RoleAssignmentNotFound", `The role assignment '${target.name ?? ""}' is not found.`);
};

const remove = ({ cloud, target }: ArmRequest): ArmResponse => {
    const assignment = cloud.roleAssignments.get(target.id.toLowerCase());
    if (!assignment) return { status: 204 };
    cloud.roleAssignments.delete(target.id.toLowerCase());
    return { status: 200, body: view(assignment) };
};

/** Scopes that hold on a scope: itself and those above it. */
const chainOf = (cloud: Cloud, scope: string): readonly string[] => {
    const segments = scope.split("/");
    const prefixes = segments.map((_, index) => segments.slice(0, index + 1).join("/"));
    const root = `/providers/microsoft.management/managementgroups/${cloud.tenantId}`;
    return [...new Set(["/", root, ...prefixes.filter(prefix => prefix !== "")])];
};

const candidates = (
    cloud: Cloud,
    scope: string,
    principals: readonly string[] | undefined,
    above: boolean,
): readonly RoleAssignment[] => {
    if (principals) return principals.flatMap(id => cloud.roleAssignments.by("principal", id.toLowerCase()));
    if (above) return chainOf(cloud, scope).flatMap(outer => cloud.roleAssignments.by("scope", outer));
    return [...cloud.roleAssignments.values()];
};

/** Source: https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest */
const list = (request: ArmRequest): ArmResponse => {
    const { cloud, target, caller } = request;
    const scope = target.scope.toLowerCase();
    let above = false;
    let principals: readonly string[] | undefined;
    for (const term of parseFilter(request.query.get("$filter"))) {
        if (term.kind === "eq" && term.property === "principalid") principals = [term.value];
        else if (term.kind === "call" && term.name === "atscope") above = true;
        else if (term.kind === "call" && term.name === "assignedto")
            principals = withGroups(cloud, term.argument ?? "");
        else if (term.kind === "call" && term.name === "astarget") principals = withGroups(cloud, caller.objectId);
        else
            throw badRequest(
                "UnsupportedQuery",
                `The filter '${request.query.get("$filter") ?? ""}' is not supported.`,
            );
    }
    const found = candidates(cloud, scope, principals, above).filter(({ scope: written }) => {
        const outer = written.toLowerCase();
        return holdsOn(cloud, outer, scope) || (!above && (scope === "" || outer.startsWith(`${scope}/`)));
    });
    return page(request, found, 1000, view);
};

/** Role assignments are kept by id in a table of their own. */
export const serveRoleAssignments = (request: ArmRequest): ArmResponse => {
    const { method, target, path } = request;
    if (target.name === undefined && method === "GET") return list(request);
    if (target.name !== undefined && target.tail.length === 0) {
        if (method === "PUT") return put(request);
        if (method === "GET") return get(request);
        if (method === "DELETE") return remove(request);
    }
    throw new AzureError(405, "MethodNotAllowed", `The HTTP method '${method}' is not supported at '${path}'.`);
};
