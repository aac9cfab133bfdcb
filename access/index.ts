/**
 * What can be asked about access without a cloud: which permissions and roles there are, how dangerous each is, what a
 * call or action needs, and the least that a list of them needs. No I/O, no Pulumi.
 * @packageDocumentation
 */
export { type Api, apis, type AppRole, appRoles, findApi, findAppRole, MICROSOFT_GRAPH } from "./apis.ts";
export { actionsOf } from "./arm-actions.ts";
export { type ActionKind, actionTier, matchesAction } from "./azure-actions.ts";
export { type AzureOptions, type AzureSolution, type ChosenRole, solveAzure } from "./azure-solver.ts";
export { allowing, allows, type Call, formatCall, isKnown, parseCall } from "./calls.ts";
export { assignableRoles } from "./delegation.ts";
export { type DirectoryRole, directoryRoles, findDirectoryRole } from "./directory-roles.ts";
export {
    type Danger,
    dangerWords,
    type EscalationOptions,
    type EscalationPath,
    escalationPaths,
} from "./escalation.ts";
export type { ApiGrant, AzureGrant, Grant } from "./grant.ts";
export { redundantPermissions } from "./graph-redundant.ts";
export type { GraphSolution, SolvedPermission, Unmatched } from "./graph-solution.ts";
export { solveGraph, type SolveOptions } from "./graph-solver.ts";
export { type InheritedRole, inheritedRoles } from "./inherited-roles.ts";
export { type AzureJudgement, judgeAzure } from "./judge-azure.ts";
export { type GraphJudgement, judgeGraph } from "./judge-graph.ts";
export { findRole, type PermissionBlock, roleAllows, type RoleDefinition, roles } from "./roles.ts";
export { commonScope, contains, normaliseScope, parseScope, type Scope, type ScopeKind } from "./scope.ts";
export { type ScopedWay, scopedWays } from "./scoped-ways.ts";
export { type Tier, tierName } from "./tier.ts";
