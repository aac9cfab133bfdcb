import type { Cloud } from "../../cloud.ts";
import type { RoleAssignment } from "../../records.ts";
import { holdsOn, withGroups } from "../authorise.ts";
import { parseFilter } from "../filter.ts";
import { page } from "../page.ts";
import { badRequest, methodNotAllowed, notFound } from "../request.ts";
import type { ArmRequest, ArmResponse, Json } from "../request.ts";
import { judgeRoleAssignment } from "./role-assignment-write.ts";

const view = ({ id, name, properties }: RoleAssignment): Json => ({
    id,
    name,
    type: "Microsoft.Authorization/roleAssignments",
    properties,
});

const put = (request: ArmRequest): ArmResponse => {
    const { wanted, existing } = judgeRoleAssignment(request);
    const stored = existing ? { ...wanted, id: existing.id, name: existing.name, scope: existing.scope } : wanted;
    request.cloud.roleAssignments.set(stored.id.toLowerCase(), stored);
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
    const { method, target } = request;
    if (target.name === undefined && method === "GET") return list(request);
    if (target.name !== undefined && target.tail.length === 0) {
        if (method === "PUT") return put(request);
        if (method === "GET") return get(request);
        if (method === "DELETE") return remove(request);
    }
    throw methodNotAllowed(request);
};
