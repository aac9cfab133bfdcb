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
import { azurePrincipalTypeMissing } from "./azure-principal-type-missing.ts";
import { azureRolePrivileged } from "./azure-role-privileged.ts";
import { azureRoleWildcard } from "./azure-role-wildcard.ts";
import { azureScopeTooWide } from "./azure-scope-too-wide.ts";
import { escalationPath } from "./escalation-path.ts";
import { federatedCredentialTooWide } from "./federated-credential-too-wide.ts";
import { grantUnjudged } from "./grant-unjudged.ts";
import { grantWithoutReason } from "./grant-without-reason.ts";
import { graphControlPlanePermission } from "./graph-control-plane-permission.ts";
import { graphFirstPartyServicePrincipalOwned } from "./graph-first-party-service-principal-owned.ts";
import { graphPermissionUnknown } from "./graph-permission-unknown.ts";
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
    azurePrincipalTypeMissing,
    azureRolePrivileged,
    azureRoleWildcard,
    azureScopeTooWide,
    escalationPath,
    federatedCredentialTooWide,
    grantUnjudged,
    grantWithoutReason,
    graphControlPlanePermission,
    graphFirstPartyServicePrincipalOwned,
    graphPermissionUnknown,
    identityShared,
    identityUnused,
    storedCredential,
];
