import type { Cloud } from "../../cloud.ts";
import type { RoleAssignment } from "../../records.ts";
import { grantKey } from "../../tables.ts";
import { roleOf } from "../authorise.ts";
import { isGuid } from "../../../access/guid.ts";
import { badRequest, conflict, jsonBody, notFound, objectAt, textAt } from "../request.ts";
import type { ArmRequest, Json } from "../request.ts";
import { isAssignableOn } from "./role-definitions.ts";

const MOST_ASSIGNMENTS = 4000;

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

const saidTypeOf = (sent: Json): string | undefined => {
    const said = textAt(sent, "principalType");
    if (said === undefined || PRINCIPAL_TYPES.includes(said)) return said;
    throw badRequest(
        "InvalidPrincipalType",
        `The principal type '${said}' is not valid; expected one of ${PRINCIPAL_TYPES.join(", ")}.`,
    );
};

const checkName = (name: string): void => {
    if (isGuid(name)) return;
    throw badRequest(
        "InvalidRoleAssignmentId",
        `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
};

/** Judges a PUT of a role assignment and returns what is to be stored, beside what was there under its name. */
export const judgeRoleAssignment = (
    request: ArmRequest,
): { readonly wanted: RoleAssignment; readonly existing: RoleAssignment | undefined } => {
    const { cloud, target } = request;
    const name = target.name ?? "";
    checkName(name);
    const sent = objectAt(jsonBody(request), "properties");
    const principalId = required(sent, "principalId").toLowerCase();
    const roleDefinitionId = required(sent, "roleDefinitionId");
    const said = saidTypeOf(sent);
    const scope = target.scope === "" ? "/" : target.scope;
    const [existing] = cloud.roleAssignments.by("name", name.toLowerCase());
    const principalType =
        existing?.principalId === principalId ? existing.principalType : principalTypeOf(cloud, principalId, said);
    const grant = { roleDefinitionId, principalId, principalType, scope };
    const properties = { ...grant, ...propertiesOf(request, sent, existing) };
    const wanted = { ...grant, id: target.id, name, properties };
    if (existing) checkUpdate(existing, wanted);
    else checkNew(cloud, wanted);
    checkRole(cloud, roleDefinitionId, scope);
    return { wanted, existing };
};
