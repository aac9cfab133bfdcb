import type { Rule } from "../rule.ts";
import { automationAccountShared } from "./automation-account-shared.ts";
import { automationJobScheduleFragile } from "./automation-job-schedule-fragile.ts";
import { automationLocalAuthentication } from "./automation-local-authentication.ts";
import { automationModuleIncompatible } from "./automation-module-incompatible.ts";
import { automationModuleUnpinned } from "./automation-module-unpinned.ts";
import { automationPublicNetwork } from "./automation-public-network.ts";
import { automationRunbookContentMutable } from "./automation-runbook-content-mutable.ts";
import { automationRunbookDelegatedScopes } from "./automation-runbook-delegated-scopes.ts";
import { automationRunbookSignsInWithSecret } from "./automation-runbook-signs-in-with-secret.ts";
import { automationRuntimeRetired } from "./automation-runtime-retired.ts";
import { automationVariableSecretUnencrypted } from "./automation-variable-secret-unencrypted.ts";
import { automationWebhookWithoutExpiry } from "./automation-webhook-without-expiry.ts";
import { azureAssignableScopesTooWide } from "./azure-assignable-scopes-too-wide.ts";
import { azureAssignmentNameRandom } from "./azure-assignment-name-random.ts";
import { azureDelegationWithoutCondition } from "./azure-delegation-without-condition.ts";
import { azureGrantRedundant } from "./azure-grant-redundant.ts";
import { azureLocalAuthentication } from "./azure-local-authentication.ts";
import { azurePrincipalTypeMissing } from "./azure-principal-type-missing.ts";
import { azureRoleLargerThanActions } from "./azure-role-larger-than-actions.ts";
import { azureRolePrivileged } from "./azure-role-privileged.ts";
import { azureRoleWildcard } from "./azure-role-wildcard.ts";
import { azureScopeTooWide } from "./azure-scope-too-wide.ts";
import { azureVaultPolicyTooWide } from "./azure-vault-policy-too-wide.ts";
import { azureVaultWithoutRoles } from "./azure-vault-without-roles.ts";
import { escalationPath } from "./escalation-path.ts";
import { federatedCredentialTooWide } from "./federated-credential-too-wide.ts";
import { grantUnjudged } from "./grant-unjudged.ts";
import { grantWithoutReason } from "./grant-without-reason.ts";
import { graphControlPlanePermission } from "./graph-control-plane-permission.ts";
import { graphDelegatedGrantToIdentity } from "./graph-delegated-grant-to-identity.ts";
import { graphDirectoryRoleOnIdentity } from "./graph-directory-role-on-identity.ts";
import { graphDirectoryRoleStanding } from "./graph-directory-role-standing.ts";
import { graphFirstPartyServicePrincipalOwned } from "./graph-first-party-service-principal-owned.ts";
import { graphPermissionMissing } from "./graph-permission-missing.ts";
import { graphPermissionRedundant } from "./graph-permission-redundant.ts";
import { graphPermissionUnknown } from "./graph-permission-unknown.ts";
import { graphPermissionUnneeded } from "./graph-permission-unneeded.ts";
import { graphResourceScopedWay } from "./graph-resource-scoped-way.ts";
import { graphWriteWhereRead } from "./graph-write-where-read.ts";
import { identityShared } from "./identity-shared.ts";
import { identityUnused } from "./identity-unused.ts";
import { storedCredential } from "./stored-credential.ts";

/** Every rule, by name. */
export const RULES: readonly Rule[] = [
    automationAccountShared,
    automationJobScheduleFragile,
    automationLocalAuthentication,
    automationModuleIncompatible,
    automationModuleUnpinned,
    automationPublicNetwork,
    automationRunbookContentMutable,
    automationRunbookDelegatedScopes,
    automationRunbookSignsInWithSecret,
    automationRuntimeRetired,
    automationVariableSecretUnencrypted,
    automationWebhookWithoutExpiry,
    azureAssignableScopesTooWide,
    azureAssignmentNameRandom,
    azureDelegationWithoutCondition,
    azureGrantRedundant,
    azureLocalAuthentication,
    azurePrincipalTypeMissing,
    azureRoleLargerThanActions,
    azureRolePrivileged,
    azureRoleWildcard,
    azureScopeTooWide,
    azureVaultPolicyTooWide,
    azureVaultWithoutRoles,
    escalationPath,
    federatedCredentialTooWide,
    grantUnjudged,
    grantWithoutReason,
    graphControlPlanePermission,
    graphDelegatedGrantToIdentity,
    graphDirectoryRoleOnIdentity,
    graphDirectoryRoleStanding,
    graphFirstPartyServicePrincipalOwned,
    graphPermissionMissing,
    graphPermissionRedundant,
    graphPermissionUnknown,
    graphPermissionUnneeded,
    graphResourceScopedWay,
    graphWriteWhereRead,
    identityShared,
    identityUnused,
    storedCredential,
];
