/**
 * Least-privilege managed identities as Pulumi components. Each works alone; `Workload` puts them together.
 * @packageDocumentation
 */
export { ApiGrants } from "./api-grants.ts";
export type { OwnApi, PermissionArgs } from "./app-role.ts";
export type { ApiGrantsArgs, WiredApiGrant } from "./assign-permissions.ts";
export type { AzureGrantArgs, AzureGrantsArgs, CustomRoleArgs, RoleArgs } from "./azure-grants-args.ts";
export { AutomationAccount } from "./automation-account.ts";
export {
    type AutomationAccountArgs,
    GRAPH_PACKAGES,
    type HostIdentity,
    type Packages,
    type RuntimeArgs,
    SIGN_IN_PACKAGES,
    type VariableArgs,
} from "./automation-account-args.ts";
export { AzureGrants } from "./azure-grants.ts";
export type { ExistingIdentity } from "./existing-identity.ts";
export { FunctionApp } from "./function-app.ts";
export type { FunctionAppArgs } from "./function-app-args.ts";
export type { Attachment, Identity } from "./identity.ts";
export type { FederatedCredentialArgs, IdentityOwner, ManagedIdentityArgs, UserAssignedArgs } from "./identity-args.ts";
export { ManagedIdentity } from "./managed-identity.ts";
export { Runbook, type RunArgs, type RunbookArgs } from "./runbook.ts";
export { RunbookContent, type RunbookContentArgs } from "./runbook-content/index.ts";
export { type WiredGrant, Workload } from "./workload.ts";
export type { WorkloadArgs } from "./workload-args.ts";
