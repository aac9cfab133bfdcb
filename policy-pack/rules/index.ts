import type { Rule } from "../rule.ts";
import { automationLocalAuthentication } from "./automation-local-authentication.ts";
import { automationModuleIncompatible } from "./automation-module-incompatible.ts";
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
import { grantUnjudged } from "./grant-unjudged.ts";
import { graphControlPlanePermission } from "./graph-control-plane-permission.ts";
import { graphFirstPartyServicePrincipalOwned } from "./graph-first-party-service-principal-owned.ts";
import { graphPermissionUnknown } from "./graph-permission-unknown.ts";
import { storedCredential } from "./stored-credential.ts";

/** Every rule, by name. */
export const RULES: readonly Rule[] = [
    automationLocalAuthentication,
    automationModuleIncompatible,
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
    grantUnjudged,
    graphControlPlanePermission,
    graphFirstPartyServicePrincipalOwned,
    graphPermissionUnknown,
    storedCredential,
];
