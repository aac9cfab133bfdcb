import { readApiGrant } from "./api-grant.ts";
import { readAccount, readModule, readRunbook, readRuntime, readVariable, readWebhook } from "./automation.ts";
import { readAzureGrant } from "./azure-grant.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { CREDENTIAL_READERS } from "./credentials.ts";
import { readServicePrincipal } from "./identity.ts";
import type { PlainResource } from "./resource.ts";
import { readRoleDefinition } from "./role-definition.ts";
import type { Subject, SubjectKind, SubjectOf } from "./subjects.ts";
import { readUnjudged } from "./unjudged.ts";

type Read = (resource: PlainResource, defined: StackDefinitions) => Subject | readonly Subject[];
type Reader = readonly [SubjectKind, Read];

const azureGrant: Reader = ["azure-grant", readAzureGrant];
const roleDefinition: Reader = ["role-definition", readRoleDefinition];
const account: Reader = ["automation-account", readAccount];
const variable: Reader = ["automation-variable", readVariable];
const webhook: Reader = ["automation-webhook", readWebhook];
const runbook: Reader = ["automation-runtime", readRunbook];
const runtime: Reader = ["automation-runtime", readRuntime];
const module: Reader = ["automation-module", readModule];

/** What each resource type is read as. */
const READERS: Readonly<Record<string, Reader>> = {
    "azuread:AppRoleAssignment": ["api-grant", readApiGrant],
    "azuread:ServicePrincipal": ["service-principal", readServicePrincipal],
    "azure-native:authorization:RoleAssignment": azureGrant,
    "azure:authorization:Assignment": azureGrant,
    "azure:role:Assignment": azureGrant,
    "azurerm:RoleAssignment": azureGrant,
    "azure-native:authorization:RoleDefinition": roleDefinition,
    "azure:authorization:RoleDefinition": roleDefinition,
    "azure:role:Definition": roleDefinition,
    "azurerm:RoleDefinition": roleDefinition,
    "azure-native:automation:AutomationAccount": account,
    "azure:automation:Account": account,
    "azurerm:AutomationAccount": account,
    "azure-native:automation:Variable": variable,
    "azure:automation:StringVariable": variable,
    "azure-native:automation:Webhook": webhook,
    "azure:automation:Webhook": webhook,
    "azure-native:automation:Runbook": runbook,
    "azure:automation:RunBook": runbook,
    "azure-native:automation:RuntimeEnvironment": runtime,
    "azure:automation:RuntimeEnvironment": runtime,
    "azure-native:automation:PowerShell72Module": module,
    "azure:automation:Powershell72Module": module,
    "azure-native:automation:Package": module,
};

/** Reads what a rule of some kind judges in a resource; nothing where the resource is of no concern to it. */
export const subjectsOf = <K extends SubjectKind>(
    kind: K,
    resource: PlainResource,
    defined: StackDefinitions,
): readonly SubjectOf<K>[] => {
    if (resource.token === undefined) return [];
    if (kind === "credential") return (CREDENTIAL_READERS[resource.token]?.(resource) ?? []) as SubjectOf<K>[];
    const reader = READERS[resource.token];
    const read =
        reader === undefined
            ? kind === "unjudged"
                ? readUnjudged
                : undefined
            : reader[0] === kind
              ? reader[1]
              : undefined;
    return read === undefined ? [] : ([read(resource, defined)].flat() as SubjectOf<K>[]);
};
