import { holdsAdministrators } from "./administrators.ts";
import { Unknown } from "./value.ts";

/** Properties that give a right, or receive one. */
export const GIVING: readonly string[] = [
    "roleDefinitionId",
    "roleDefinitionName",
    "roleObjectId",
    "roleIds",
    "appRoleId",
    "principalObjectId",
    "servicePrincipalObjectId",
];

/** Deeper than any template nests; what is deeper still cannot be seen, and counts as giving. */
const DEPTH = 60;
export const ROLE = /role/i;
export const PRINCIPALS: ReadonlySet<string> = new Set(["principalid", "principalids", "principalobjectid"]);
/** Types of ARM that give rights, within templates. */
export const GIVING_TYPE =
    /^microsoft\.(authorization\/role(assignments|eligibilityschedulerequests|assignmentschedulerequests|definitions)|graph\/(approleassignedto|oauth2permissiongrants))/i;

/** Blocks that hold assignments: `userRoleAssignments`. */
const ASSIGNMENTS = /RoleAssignments?$/;

const isFilled = (value: unknown): boolean =>
    value instanceof Unknown || (value !== null && typeof value === "object" && Object.keys(value).length > 0);

/** Whether a property holds assignments, or may. */
const holdsAssignments = (key: string, value: unknown): boolean => ASSIGNMENTS.test(key) && isFilled(value);

/** Whether a property gives rights to the principals within it. */
export const holdsRights = (key: string, value: unknown): boolean =>
    holdsAssignments(key, value) || holdsAdministrators(key, value);

const isGiving = (block: object): string | undefined => {
    const keys = Object.keys(block);
    const giving = keys.find(key => GIVING.includes(key) || holdsRights(key, Reflect.get(block, key)));
    if (giving !== undefined) return giving;
    const principal = keys.find(key => PRINCIPALS.has(key.toLowerCase()));
    return principal !== undefined && keys.some(key => ROLE.test(key)) ? principal : undefined;
};

const GIVING_WORDS = /roleAssignments|roleDefinitions|ScheduleRequests|appRoleAssignedTo|oauth2PermissionGrants/i;
/** A template can hold comments, which make it no JSON. */
const UNREADABLE = Symbol("a template that cannot be read");

const inText = (text: string): unknown => {
    if (!/^[\s\uFEFF]*(\{|\/[/*])/.test(text) || !GIVING_WORDS.test(text)) return undefined;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return UNREADABLE;
    }
};

/** Path of the first property within a value that gives a right. Templates are looked into, be they given as text. */
export const givingWithin = (value: unknown, path: string, depth = 0): string | undefined => {
    if (value instanceof Unknown) return undefined;
    const block = typeof value === "string" ? inText(value) : value;
    if (block === UNREADABLE || depth > DEPTH) return path;
    if (block === null || typeof block !== "object") return undefined;
    const type: unknown = Reflect.get(block, "type");
    if (typeof type === "string" && GIVING_TYPE.test(type)) return `${path}.type: ${type}`;
    const giving = Array.isArray(block) ? undefined : isGiving(block);
    if (giving !== undefined) return `${path}.${giving}`;
    for (const [key, part] of Object.entries(block)) {
        const found = givingWithin(part, `${path}.${key}`, depth + 1);
        if (found !== undefined) return found;
    }
    return undefined;
};
