import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

export const grantUnjudged = rule({
    name: "grant-unjudged",
    description: "Every resource that gives a right is of a type that the rules can judge.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Review the resource by hand, then list its type under 'allowed'.",
    judges: "unjudged",
    needs: [],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Types that are reviewed by hand, as the finding names them, or patterns.",
        },
    },
    check: ({ type, property }, { allowed }) =>
        isListed(allowed, type) ? [] : [`'${type}' gives a right ('${property}') that no rule judges`],
});
