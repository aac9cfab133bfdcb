import { isDecided, type Right, type RoleRight } from "../../access/model.ts";
import { holdersIn } from "../graph-holders.ts";
import { azureNeed } from "../known-need.ts";
import { ACTIONS, checkActions, excessFault, readableActions } from "../role-excess.ts";
import { rule, type StackFault } from "../rule.ts";

const isRole = (right: Right): right is RoleRight => right.kind === "role";

export const azureRoleLargerThanActions = rule({
    name: "azure-role-larger-than-actions",
    description: "No identity whose actions are known holds a role where a smaller one, or none, would do.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Assign the smaller role, or a custom role of just the actions that are taken.",
    judges: "stack",
    needs: [],
    options: { actions: ACTIONS },
    prepare: checkActions,
    check: (stack, { actions }) =>
        holdersIn(stack.model).flatMap(([principal, all]) => {
            const roles = all.filter(isRole);
            if (roles.length === 0) return [];
            const need = azureNeed(principal, stack, actions);
            return roles.flatMap((right): readonly StackFault[] => {
                const own = right.actions === undefined ? undefined : readableActions(right.actions);
                const taken = own ?? (need.isWhole ? need.all : undefined);
                if (taken === undefined) return [];
                if (!isDecided(right.definition))
                    return [{ urn: right.urn, message: `cannot judge the role: ${right.definition.undecided}` }];
                return excessFault(right, right.definition, principal.name, taken);
            });
        }),
});
