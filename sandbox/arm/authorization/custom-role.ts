import { findAction, knownActions, matchesAction } from "../../../access/azure-actions.ts";
import type { ActionKind } from "../../../access/azure-actions.ts";
import { roles } from "../../../access/roles.ts";
import type { Cloud } from "../../cloud.ts";
import type { CustomRole } from "../../records.ts";
import { exists } from "../lookup.ts";
import { badRequest, conflict, isObject, jsonBody, objectAt, textAt } from "../request.ts";
import type { ArmRequest, Json } from "../request.ts";

const UNKNOWN: Readonly<Record<ActionKind, readonly [code: string, noun: string]>> = {
    action: ["InvalidActionOrNotAction", "actions"],
    dataAction: ["InvalidDataActionOrNotDataAction", "data actions"],
};

/** An action in a custom role must be one that a provider has, or a pattern that matches one. */
const checkActions = (permission: Json, key: string, kind: ActionKind): readonly string[] => {
    const sent = permission[key] ?? [];
    if (!Array.isArray(sent))
        throw badRequest("InvalidRequestContent", `'${key}' of a permission is not valid; expected a list.`);
    return sent.map(action => {
        const text = String(action);
        const known = text.includes("*")
            ? knownActions(kind).names.some(name => matchesAction(text, name))
            : findAction(text, kind) !== undefined;
        if (known) return text;
        const [code, noun] = UNKNOWN[kind];
        throw badRequest(code, `'${text}' does not match any of the ${noun} supported by the providers.`);
    });
};

const permissionsOf = (sent: Json): readonly Json[] => {
    const { permissions } = sent;
    if (!Array.isArray(permissions) || permissions.length === 0 || !permissions.every(isObject)) {
        throw badRequest(
            "InvalidRoleDefinitionPermissions",
            "The permissions of a role definition must be a list of at least one permission.",
        );
    }
    return permissions.map(permission => ({
        actions: checkActions(permission, "actions", "action"),
        notActions: checkActions(permission, "notActions", "action"),
        dataActions: checkActions(permission, "dataActions", "dataAction"),
        notDataActions: checkActions(permission, "notDataActions", "dataAction"),
    }));
};

const scopesOf = (cloud: Cloud, sent: Json, scope: string): readonly string[] => {
    const { assignableScopes: scopes } = sent;
    if (!Array.isArray(scopes) || scopes.length === 0) {
        throw badRequest("MissingAssignableScopes", "The role definition must have at least one assignable scope.");
    }
    return scopes.map(item => {
        const text = String(item);
        if (text !== "/" && exists(cloud, text.replace(/\/$/, ""))) return text;
        throw badRequest(
            "InvalidAssignableScope",
            `The assignable scope '${text}' of the role definition is not valid at scope '${scope}': a custom role is ` +
                "assignable on management groups, subscriptions and resource groups that exist.",
        );
    });
};

const checkRoleName = (cloud: Cloud, guid: string, roleName: string): void => {
    const lower = roleName.toLowerCase();
    const taken =
        roles().some(role => role.name.toLowerCase() === lower) ||
        cloud.customRoles.by("roleName", lower).some(role => role.name !== guid);
    if (!taken) return;
    throw conflict(
        "RoleDefinitionWithSameNameExists",
        "A custom role with the same name already exists in this directory. Use a different name",
    );
};

/** Judges a PUT of a custom role and returns the properties to be stored. */
export const judgeCustomRole = (request: ArmRequest, guid: string, existing: CustomRole | undefined): Json => {
    const { cloud, target, caller, now } = request;
    const sent = objectAt(jsonBody(request), "properties");
    const roleName = textAt(sent, "roleName");
    if (!roleName) throw badRequest("RoleDefinitionNameNullOrEmpty", "The role definition has no name.");
    const permissions = permissionsOf(sent);
    const assignableScopes = scopesOf(cloud, sent, target.scope);
    checkRoleName(cloud, guid, roleName);
    const time = new Date(now).toISOString();
    return {
        roleName,
        type: "CustomRole",
        description: textAt(sent, "description") ?? "",
        assignableScopes,
        permissions,
        createdOn: existing?.properties["createdOn"] ?? time,
        updatedOn: time,
        createdBy: existing?.properties["createdBy"] ?? caller.objectId,
        updatedBy: caller.objectId,
    };
};
