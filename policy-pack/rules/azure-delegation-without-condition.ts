import { assignableRoles, delegatingRoles, isDelegation } from "../../access/delegation.ts";
import { holds } from "../../access/role-set.ts";
import { isKnown } from "../adapter/value.ts";
import { undecided, UNKNOWN_OPTION } from "../left-to-update.ts";
import { rule } from "../rule.ts";

export const azureDelegationWithoutCondition = rule({
    name: "azure-delegation-without-condition",
    description: "Who may assign roles may assign none that itself assigns roles.",
    severity: "high",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Set condition and conditionVersion '2.0' to a condition that names the roles that may be assigned, none of them one that assigns roles; in an offer of Azure Lighthouse, name them in delegatedRoleDefinitionIds.",
    judges: "azure-grant",
    needs: [],
    options: { unknown: UNKNOWN_OPTION },
    check: ({ definition, condition }, { unknown }) => {
        if (!isKnown(definition)) return undecided("the role", definition, unknown);
        if (!isDelegation(definition)) return [];
        if (!isKnown(condition)) return [`cannot judge the condition: ${condition.why}`];
        const assignable = assignableRoles(definition, condition);
        const loose = delegatingRoles().filter(({ id }) => holds(assignable, id));
        if (loose.length === 0) return [];
        const names = loose.map(({ name }) => `'${name}'`).join(", ");
        return condition === undefined
            ? [
                  `role '${definition.name}' assigns any role and no condition limits it; expected one that names the roles`,
              ]
            : [`the condition lets ${names} be assigned; expected only roles that assign none`];
    },
});
