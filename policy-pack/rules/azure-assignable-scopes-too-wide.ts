import { CEILING, isAbove, placeWords } from "../ceiling.ts";
import { rule } from "../rule.ts";

export const azureAssignableScopesTooWide = rule({
    name: "azure-assignable-scopes-too-wide",
    description: "A custom role can be assigned on no wider scope than the ceiling.",
    severity: "medium",
    controls: { mcsb: "PA-7", cis: "1.23" },
    remediationSteps: "List the resource groups that the role is assigned on as its assignable scopes.",
    judges: "role-definition",
    needs: ["assignableScopes"],
    options: { ceiling: CEILING },
    check: ({ assignableScopes, definition }, { ceiling }) =>
        assignableScopes
            .filter(scope => isAbove(scope, ceiling))
            .map(
                scope =>
                    `${"name" in definition ? `custom role '${definition.name}'` : "a custom role"} can be assigned on ${placeWords(scope)}; expected ${ceiling} or narrower`,
            ),
});
