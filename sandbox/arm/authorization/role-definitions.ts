import { roles } from "../../../access/roles.ts";
import type { RoleDefinition } from "../../../access/roles.ts";
import type { Cloud } from "../../cloud.ts";
import { AzureError } from "../../error.ts";
import type { CustomRole } from "../../records.ts";
import { holdsOn, roleOf } from "../authorise.ts";
import { parseFilter } from "../filter.ts";
import { isGuid } from "../../../access/guid.ts";
import { page } from "../page.ts";
import { badRequest, methodNotAllowed, notFound, objectAt } from "../request.ts";
import type { ArmRequest, ArmResponse, Json } from "../request.ts";
import { judgeCustomRole } from "./custom-role.ts";

const TYPE = "Microsoft.Authorization/roleDefinitions";

const SUBSCRIPTION = /^\/subscriptions\/[^/]+/i;

const builtInGuids = new Set<string>();

const isBuiltIn = (guid: string): boolean => {
    if (builtInGuids.size === 0) for (const role of roles()) builtInGuids.add(role.id.toLowerCase());
    return builtInGuids.has(guid.toLowerCase());
};

/** Role definition ids have the subscription of the scope they are asked at, if it has one. */
const idAt = (scope: string, guid: string): string =>
    `${SUBSCRIPTION.exec(scope)?.[0] ?? ""}/providers/${TYPE}/${guid}`;

const builtInView = (scope: string, role: RoleDefinition): Json => ({
    id: idAt(scope, role.id),
    name: role.id,
    type: TYPE,
    properties: {
        roleName: role.name,
        type: "BuiltInRole",
        description: "",
        assignableScopes: ["/"],
        permissions: role.permissions.map(({ actions, notActions, dataActions, notDataActions }) => ({
            actions,
            notActions,
            dataActions,
            notDataActions,
        })),
    },
});

const customView = (scope: string, role: CustomRole): Json => ({
    id: idAt(scope, role.name),
    name: role.name,
    type: TYPE,
    properties: role.properties,
});

const assignableScopes = (role: CustomRole): readonly string[] => {
    const { assignableScopes: scopes } = role.properties;
    return Array.isArray(scopes) ? scopes.map(String) : [];
};

/** Whether a role may be assigned on a scope: a built-in one anywhere, a custom one in its assignable scopes. */
export const isAssignableOn = (cloud: Cloud, guid: string, scope: string): boolean => {
    const custom = cloud.customRoles.get(guid.toLowerCase());
    if (!custom) return true;
    return assignableScopes(custom).some(outer => holdsOn(cloud, outer.toLowerCase(), scope.toLowerCase()));
};

const builtInMessage = (guid: string, what: string): string =>
    `The role definition '${guid}' is built-in and cannot be ${what}.`;

const put = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const guid = (target.name ?? "").toLowerCase();
    if (!isGuid(guid)) {
        throw badRequest(
            "InvalidRoleDefinitionId",
            `The role definition ID '${guid}' is not valid. The role definition ID must be a GUID.`,
        );
    }
    if (isBuiltIn(guid)) throw new AzureError(403, "RoleDefinitionCannotBeUpdated", builtInMessage(guid, "changed"));
    const existing = cloud.customRoles.get(guid);
    const properties = judgeCustomRole(request, guid, existing);
    const role = { id: existing?.id ?? idAt(target.scope, guid), name: guid, properties };
    cloud.customRoles.set(guid, role);
    return { status: 201, body: customView(target.scope, role) };
};

const get = ({ cloud, target }: ArmRequest): ArmResponse => {
    const guid = (target.name ?? "").toLowerCase();
    const custom = cloud.customRoles.get(guid);
    if (custom) return { status: 200, body: customView(target.scope, custom) };
    const role = isGuid(guid) ? roleOf(cloud, guid) : undefined;
    if (role) return { status: 200, body: builtInView(target.scope, role) };
    throw notFound(
        "RoleDefinitionDoesNotExist",
        `The specified role definition with ID '${guid.replaceAll("-", "")}' does not exist.`,
    );
};

const remove = ({ cloud, target }: ArmRequest): ArmResponse => {
    const guid = (target.name ?? "").toLowerCase();
    const role = cloud.customRoles.get(guid);
    if (!role) {
        if (!isBuiltIn(guid)) return { status: 204 };
        throw new AzureError(403, "RoleDefinitionCannotBeDeleted", builtInMessage(guid, "deleted"));
    }
    if (cloud.roleAssignments.by("role", guid).length > 0) {
        throw badRequest("RoleDefinitionHasAssignments", "There are existing role assignments referencing role.");
    }
    cloud.customRoles.delete(guid);
    return { status: 200, body: customView(target.scope, role) };
};

const list = (request: ArmRequest): ArmResponse => {
    const { cloud, target } = request;
    const scope = target.scope.toLowerCase();
    const custom = [...cloud.customRoles.values()].filter(role =>
        assignableScopes(role).some(outer => {
            const lower = outer.toLowerCase();
            return holdsOn(cloud, lower, scope) || lower.startsWith(`${scope}/`);
        }),
    );
    let views = [
        ...roles().map(role => builtInView(target.scope, role)),
        ...custom.map(role => customView(target.scope, role)),
    ];
    for (const term of parseFilter(request.query.get("$filter"))) {
        if (term.kind === "call") continue;
        const property = { rolename: "roleName", type: "type" }[term.property];
        if (property === undefined)
            throw badRequest("UnsupportedQuery", `Role definitions cannot be filtered by '${term.property}'.`);
        views = views.filter(
            role => String(objectAt(role, "properties")[property]).toLowerCase() === term.value.toLowerCase(),
        );
    }
    return page(request, views, 1000, role => role);
};

/** Built-in roles come from the fact tables, custom ones are kept by GUID. */
export const serveRoleDefinitions = (request: ArmRequest): ArmResponse => {
    const { method, target } = request;
    if (target.name === undefined && method === "GET") return list(request);
    if (target.name !== undefined && target.tail.length === 0) {
        if (method === "PUT") return put(request);
        if (method === "GET") return get(request);
        if (method === "DELETE") return remove(request);
    }
    throw methodNotAllowed(request);
};
