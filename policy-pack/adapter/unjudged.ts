import { administratorIn } from "./administrators.ts";
import type { PlainResource } from "./resource.ts";
import type { UnjudgedSubject } from "./subject-grants.ts";
import { GIVING, GIVING_TYPE, givingWithin, holdsRights, PRINCIPALS, ROLE } from "./giving.ts";
import { partOf, Unknown } from "./value.ts";

/** Definitions of roles of a service's own: what they allow is given by the assignments, which are told. */
const DEFINES = /^(azure-native:(documentdb|cosmosdb)|azure:(cosmosdb|keyvault)|azurerm):\w*RoleDefinition$/;

/** Types that hold such a property and give nothing: they ask, describe, or say how others may give. */
const GIVES_NOTHING: ReadonlySet<string> = new Set([
    "azuread:ApplicationApiAccess",
    "azure-native:authorization:PolicyDefinition",
    "azure-native:authorization:PolicyDefinitionAtManagementGroup",
    "azure-native:authorization:RoleManagementPolicy",
    "azure-native:authorization:RoleManagementPolicyAssignment",
    "azure:policy:Definition",
    "azure:pim:RoleManagementPolicy",
    "azurerm:PolicyDefinition",
    "azurerm:RoleManagementPolicy",
]);

/** Types that deploy a template. */
const DEPLOYS = /^(azure-native:resources:Deployment(Stack)?(At\w+)?|(azure:core|azurerm):\w*TemplateDeployment)$/;
/** What a template can be kept in; where it is not within the program, what it gives cannot be seen. */
const TEMPLATES = ["properties", "template", "templateContent", "templateLink", "templateSpecVersionId"];

/** Whether a template hides which resources it has. */
const hidesResources = (template: unknown): boolean => {
    const resources = partOf(template, "resources");
    if (template instanceof Unknown || resources instanceof Unknown) return true;
    if (resources === null || typeof resources !== "object") return false;
    return Object.values(resources).some(each => partOf(each, "type") instanceof Unknown);
};

const unseenTemplate = (resource: PlainResource): string | undefined => {
    if (!DEPLOYS.test(resource.token ?? "")) return undefined;
    const key = TEMPLATES.find(each => resource.has(each));
    if (key === undefined) return undefined;
    const value = resource.value(key);
    if (value instanceof Unknown || /^template(Link|Spec)/.test(key)) return key;
    if (partOf(value, "templateLink") !== undefined) return `${key}.templateLink`;
    return hidesResources(partOf(value, "template") ?? value) ? `${key}.template` : undefined;
};

const GRAPH_URL =
    /approleassign|oauth2permissiongrants|rolemanagement|directoryroles|\/(members|owners)(\/|$)|addpassword|addkey|federatedidentitycredentials/i;

/** Resources that are of any kind, by the property that says of which, and what of it gives rights. */
const OF_ANY_KIND: readonly (readonly [token: RegExp, key: string, gives: RegExp])[] = [
    [/^azapi:/, "type", GIVING_TYPE],
    [/^msgraph:/, "url", GRAPH_URL],
    [
        /^azure-native:resources:Resource$/,
        "resourceType",
        /^role(assignments|definitions|eligibilityschedulerequests|assignmentschedulerequests)$/i,
    ],
];

const givingName = (resource: PlainResource): string | undefined => {
    for (const [token, key, gives] of OF_ANY_KIND) {
        if (!token.test(resource.token ?? "") || !resource.has(key)) continue;
        const name = resource.text(key);
        if (name instanceof Unknown) return key;
        if (gives.test(name ?? "")) return `${key}: ${name ?? ""}`;
    }
    return undefined;
};

/** The property of a resource of Azure's that gives a right and that nothing else here reads. */
const givingProperty = (resource: PlainResource): string | undefined => {
    const keys = resource.keys();
    const own = GIVING.find(key => keys.includes(key)) ?? keys.find(key => holdsRights(key, resource.value(key)));
    const given = own ?? administratorIn(resource);
    if (given !== undefined) return given;
    const named = givingName(resource);
    if (named !== undefined) return named;
    const principal = keys.find(key => PRINCIPALS.has(key.toLowerCase()));
    if (principal !== undefined && keys.some(key => ROLE.test(key))) return principal;
    for (const key of keys) {
        const found = givingWithin(resource.value(key), key);
        if (found !== undefined) return found;
    }
    return unseenTemplate(resource);
};

/** Reads a right that is given in a way that no other reader knows. */
export const readUnjudged = (resource: PlainResource): readonly UnjudgedSubject[] => {
    const { token } = resource;
    if (token === undefined || token.startsWith("leastwise:") || GIVES_NOTHING.has(token) || DEFINES.test(token))
        return [];
    const property = givingProperty(resource);
    return property === undefined ? [] : [{ kind: "unjudged", type: token, property }];
};
