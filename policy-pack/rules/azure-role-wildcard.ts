import { rule } from "../rule.ts";

export const azureRoleWildcard = rule({
    name: "azure-role-wildcard",
    description: "A custom role names each action that it allows.",
    severity: "medium",
    controls: { mcsb: "PA-7", cis: "1.23" },
    remediationSteps: "Write the actions out; a pattern also allows what Azure adds later.",
    judges: "role-definition",
    needs: ["definition"],
    options: {},
    check: ({ definition }) =>
        definition.permissions
            .flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
            .filter(action => action.includes("*"))
            .map(
                action => `custom role '${definition.name}' allows '${action}'; expected each action by its whole name`,
            ),
});
