import { isKnown } from "../adapter/value.ts";
import { undecided, UNKNOWN_OPTION } from "../left-to-update.ts";
import { isListed } from "../pattern.ts";
import { privilegesOf } from "../privileged-actions.ts";
import { rule } from "../rule.ts";

export const azureRolePrivileged = rule({
    name: "azure-role-privileged",
    description: "No role is assigned that lets its holder give itself more rights, or act as somebody else.",
    severity: "high",
    controls: { mcsb: "PA-1" },
    remediationSteps:
        "Assign a role that allows just the actions that are taken (leastwise explain names it), or list the role under 'allowed'.",
    judges: "azure-grant",
    needs: [],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Privileged roles that may be assigned, by name, id or pattern.",
        },
        allowedOnResources: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Privileged roles that may be assigned on a single resource, by name, id or pattern.",
        },
        eligible: {
            type: "string",
            enum: ["judged", "taken"],
            default: "judged",
            description: "What is said of roles that have to be activated first: judged as any, or taken.",
        },
        unknown: UNKNOWN_OPTION,
    },
    check: ({ activation, definition, condition, scope }, { allowed, allowedOnResources, eligible, unknown }) => {
        if (activation === "eligible" && eligible === "taken") return [];
        if (!isKnown(definition)) return undecided("the role", definition, unknown);
        const isIn = (list: readonly string[]): boolean =>
            [definition.name, definition.id].some(key => isListed(list, key));
        if (isIn(allowed)) return [];
        const isAllowedOnResource = isIn(allowedOnResources);
        if (isAllowedOnResource && isKnown(scope) && scope.kind === "resource") return [];
        const privileges = privilegesOf(definition, isKnown(condition) ? condition : undefined);
        if (privileges.length === 0) return [];
        const message = `role '${definition.name}' ${privileges.join(", ")}`;
        return [isAllowedOnResource && !isKnown(scope) ? { message, awaited: scope.awaited } : message];
    },
});
