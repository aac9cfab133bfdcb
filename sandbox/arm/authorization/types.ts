import type { ResourceType } from "../resource-type.ts";
import { serveRoleAssignments } from "./role-assignments.ts";
import { serveRoleDefinitions } from "./role-definitions.ts";

/** Role assignments and definitions: extension resources at every scope. */
export const AUTHORIZATION_TYPES: readonly ResourceType[] = [
    { type: "Microsoft.Authorization/roleAssignments", serve: serveRoleAssignments },
    {
        type: "Microsoft.Authorization/roleDefinitions",
        serve: serveRoleDefinitions,
        openTo: ({ method, target }) => method === "GET" && target.scope === "",
    },
];
