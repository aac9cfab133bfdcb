/**
 * Least-privilege managed identities as Pulumi components. Each works alone; `Workload` puts them together.
 * @packageDocumentation
 */
export { ApiGrants, type ApiGrantsArgs, type WiredApiGrant } from "./api-grants.ts";
export type { OwnApi, PermissionArgs } from "./app-role.ts";
export {
    AutomationAccount,
    type AutomationAccountArgs,
    GRAPH_PACKAGES,
    type HostIdentity,
    type Packages,
    type RuntimeArgs,
    SIGN_IN_PACKAGES,
    type VariableArgs,
} from "./automation-account.ts";
export {
    AzureGrants,
    type AzureGrantArgs,
    type AzureGrantsArgs,
    type CustomRoleArgs,
    type RoleArgs,
} from "./azure-grants.ts";
export type { ExistingIdentity } from "./existing-identity.ts";
export { FunctionApp, type FunctionAppArgs } from "./function-app.ts";
export {
    type FederatedCredentialArgs,
    type IdentityOwner,
    ManagedIdentity,
    type ManagedIdentityArgs,
    type UserAssignedArgs,
} from "./managed-identity.ts";
export { Runbook, type RunArgs, type RunbookArgs } from "./runbook.ts";
export { RunbookContent, type RunbookContentArgs } from "./runbook-content/index.ts";
export { type WiredGrant, Workload, type WorkloadArgs } from "./workload.ts";
