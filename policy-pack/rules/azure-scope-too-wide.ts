import { parseScope } from "../../access/scope.ts";
import { CEILING, isAbove, placeWords } from "../ceiling.ts";
import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

export const azureScopeTooWide = rule({
    name: "azure-scope-too-wide",
    description: "A role is assigned on no wider scope than the ceiling.",
    severity: "high",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Assign the role on the resource or resource group that is worked on, once for each.",
    judges: "azure-grant",
    needs: ["scope"],
    options: {
        ceiling: CEILING,
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Scopes above the ceiling that roles may be assigned on, by their whole id or a pattern of it.",
        },
    },
    prepare: ({ allowed }) => allowed.forEach(scope => parseScope(scope.replaceAll("*", "any"))),
    check: ({ scope, role }, { ceiling, allowed }) =>
        !isAbove(scope, ceiling) || isListed(allowed, scope.id)
            ? []
            : [
                  `${typeof role === "string" ? `role '${role}'` : "a role"} is assigned on ${placeWords(scope)}; expected ${ceiling} or narrower`,
              ],
});
