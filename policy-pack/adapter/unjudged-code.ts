import type { PlainResource } from "./resource.ts";
import type { UnjudgedSubject } from "./subject-grants.ts";
import { Unknown } from "./value.ts";

/** Type of a resource as its URN has it; types of packages that are not Azure's have no token. */
const typeOf = ({ urn }: PlainResource): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** Resources whose provider is a part of the program: what it does with its inputs is nowhere to be seen. */
const DYNAMIC = /^pulumi-\w+:dynamic[:/]/;

const GIVING =
    /^(?:roleDefinitionI[dD]s?|roleDefinitionName|appRoleI[dD]s?|principalObjectI[dD]|servicePrincipalObjectI[dD])$/;

/** Resources that run a text: on the machine that deploys, in a container, on a machine of Azure's. */
const RUNS =
    /^command:|^azure-native:resources:(?:AzureCliScript|AzurePowerShellScript|DeploymentScript)$|^azure:core:ResourceDeploymentScript|^azurerm:ResourceDeploymentScript|:VirtualMachine\w*(?:RunCommand|Extension)\w*$/;

/** Commands that give rights or credentials, as scripts have them. */
const COMMAND =
    /\baz\s+(?:role\s+(?:assignment|definition)\s+(?:create|update)|ad\s+(?:app|sp)\s+(?:permission\s+(?:add|grant|admin-consent)|credential\s+reset|owner\s+add|create-for-rbac)|ad\s+group\s+member\s+add|keyvault\s+set-policy|identity\s+federated-credential\s+create)|\b(?:New-AzRoleAssignment|Set-AzKeyVaultAccessPolicy|New-Az(?:AD(?:App|Sp)Credential|RoleEligibilityScheduleRequest)|New-MgServicePrincipalAppRoleAssign\w+|New-MgOauth2PermissionGrant|New-MgRoleManagementDirectoryRole\w+|Add-Mg(?:ServicePrincipal|Application)Password|New-MgGroupMember\w*)\b|\/(?:appRoleAssignments|appRoleAssignedTo|oauth2PermissionGrants|roleManagement\/directory)\b/i;

/** Deeper than any resource nests. */
const DEPTH = 20;
/** Nobody writes a longer script into a program; what is beyond is not looked at. */
const MOST_LENGTH = 200_000;

type Finds = (key: string, value: unknown) => string | undefined;

const walk = (value: unknown, path: string, finds: Finds, depth = 0): string | undefined => {
    if (value === null || typeof value !== "object" || value instanceof Unknown || depth > DEPTH) return undefined;
    for (const [key, part] of Object.entries(value)) {
        const at = path === "" ? key : `${path}.${key}`;
        const found = finds(key, part);
        if (found !== undefined) return `${at}${found}`;
        const within = walk(part, at, finds, depth + 1);
        if (within !== undefined) return within;
    }
    return undefined;
};

const camel = (key: string): string => key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const givingKey: Finds = key => (GIVING.test(camel(key)) ? "" : undefined);

const givingCommand: Finds = (_, value) => {
    const found = typeof value === "string" ? COMMAND.exec(value.slice(0, MOST_LENGTH)) : null;
    return found === null ? undefined : `: ${found[0].replaceAll(/\s+/g, " ")}`;
};

/** Rights that code gives which no rule reads: providers within the program, and scripts that a resource runs. */
export const readUnjudgedCode = (resource: PlainResource): readonly UnjudgedSubject[] => {
    const type = resource.token ?? typeOf(resource);
    const finds = DYNAMIC.test(type) ? givingKey : RUNS.test(type) ? givingCommand : undefined;
    if (finds === undefined) return [];
    const values = Object.fromEntries(resource.keys().map(key => [key, resource.value(key)]));
    const property = walk(values, "", finds);
    return property === undefined ? [] : [{ kind: "unjudged", type, property }];
};
