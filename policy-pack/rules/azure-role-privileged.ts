import { isKnown } from "../adapter/value.ts";
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
    needs: ["definition"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Privileged roles that may be assigned, by name, id or pattern.",
        },
    },
    check: ({ definition, condition }, { allowed }) => {
        const isAllowed = [definition.name, definition.id].some(key => isListed(allowed, key));
        const privileges = isAllowed ? [] : privilegesOf(definition, isKnown(condition) ? condition : undefined);
        return privileges.length === 0 ? [] : [`role '${definition.name}' ${privileges.join(", ")}`];
    },
});
