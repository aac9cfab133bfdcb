import type { PlainResource } from "./resource.ts";
import type { UnjudgedSubject } from "./subject-grants.ts";
import { partOf, Unknown } from "./value.ts";

/** Properties that give a right, or receive one. */
const GIVING = [
    "roleDefinitionId",
    "roleDefinitionName",
    "roleObjectId",
    "roleIds",
    "appRoleId",
    "principalObjectId",
    "servicePrincipalObjectId",
];

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

const DEPTH = 12;
const ROLE = /role/i;
const PRINCIPALS: ReadonlySet<string> = new Set(["principalid", "principalids", "principalobjectid"]);
/** Types of ARM that give rights, within templates. */
const GIVING_TYPE =
    /^microsoft\.(authorization\/role(assignments|eligibilityschedulerequests|assignmentschedulerequests|definitions)|graph\/(approleassignedto|oauth2permissiongrants))/i;

/** Blocks that hold assignments: `userRoleAssignments`. */
const ASSIGNMENTS = /RoleAssignments?$/;

const isFilled = (value: unknown): boolean =>
    value instanceof Unknown || (value !== null && typeof value === "object" && Object.keys(value).length > 0);

const isGiving = (block: object): string | undefined => {
    const keys = Object.keys(block);
    const giving = keys.find(
        key => GIVING.includes(key) || (ASSIGNMENTS.test(key) && isFilled(Reflect.get(block, key))),
    );
    if (giving !== undefined) return giving;
    const principal = keys.find(key => PRINCIPALS.has(key.toLowerCase()));
    return principal !== undefined && keys.some(key => ROLE.test(key)) ? principal : undefined;
};

const inText = (text: string): unknown => {
    const start = text.trimStart();
    if (!start.startsWith("{") || !GIVING_WORDS.test(text)) return undefined;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
};

const GIVING_WORDS = /roleAssignments|roleDefinitions|ScheduleRequests|appRoleAssignedTo|oauth2PermissionGrants/i;

/** Path of the first property within a value that gives a right. Templates are looked into, be they given as text. */
const within = (value: unknown, path: string, depth = 0): string | undefined => {
    if (depth > DEPTH || value instanceof Unknown) return undefined;
    const block = typeof value === "string" ? inText(value) : value;
    if (block === null || typeof block !== "object") return undefined;
    const type: unknown = Reflect.get(block, "type");
    if (typeof type === "string" && GIVING_TYPE.test(type)) return `${path}.type: ${type}`;
    const giving = Array.isArray(block) ? undefined : isGiving(block);
    if (giving !== undefined) return `${path}.${giving}`;
    for (const [key, part] of Object.entries(block)) {
        const found = within(part, `${path}.${key}`, depth + 1);
        if (found !== undefined) return found;
    }
    return undefined;
};

/** Types that deploy a template. */
const DEPLOYS = /^(azure-native:resources:Deployment(Stack)?(At\w+)?|(azure:core|azurerm):\w*TemplateDeployment)$/;
/** What a template can be kept in; where it is not within the program, what it gives cannot be seen. */
const TEMPLATES = ["properties", "template", "templateContent", "templateLink", "templateSpecVersionId"];

const unseenTemplate = (resource: PlainResource): string | undefined => {
    if (!DEPLOYS.test(resource.token ?? "")) return undefined;
    const key = TEMPLATES.find(each => resource.has(each));
    if (key === undefined) return undefined;
    const value = resource.value(key);
    if (value instanceof Unknown || /^template(Link|Spec)/.test(key)) return key;
    const inner = ["template", "templateLink"].find(each => partOf(value, each) !== undefined);
    return inner !== undefined && (inner === "templateLink" || partOf(value, inner) instanceof Unknown)
        ? `${key}.${inner}`
        : undefined;
};

/** The property of a resource of Azure's that gives a right and that nothing else here reads. */
const givingProperty = (resource: PlainResource): string | undefined => {
    const keys = resource.keys();
    const own =
        GIVING.find(key => keys.includes(key)) ??
        keys.find(key => ASSIGNMENTS.test(key) && isFilled(resource.value(key)));
    if (own !== undefined) return own;
    const principal = keys.find(key => PRINCIPALS.has(key.toLowerCase()));
    if (principal !== undefined && keys.some(key => ROLE.test(key))) return principal;
    for (const key of keys) {
        const found = within(resource.value(key), key);
        if (found !== undefined) return found;
    }
    return unseenTemplate(resource);
};

/** Reads a right that is given in a way that no other reader knows. */
export const readUnjudged = (resource: PlainResource): readonly UnjudgedSubject[] => {
    const { token } = resource;
    if (token === undefined || token.startsWith("leastwise:") || GIVES_NOTHING.has(token)) return [];
    const property = givingProperty(resource);
    return property === undefined ? [] : [{ kind: "unjudged", type: token, property }];
};
