import { inheritedRoles } from "../../access/inherited-roles.ts";
import { isDecided, type Right, type RoleRight } from "../../access/model.ts";
import { placeInWords } from "../../access/scope-words.ts";
import { holdersIn } from "../graph-holders.ts";
import { rule } from "../rule.ts";

const isRole = (right: Right): right is RoleRight => right.kind === "role";

const words = ({ role, scope }: RoleRight): string =>
    `role '${isDecided(role) ? role : ""}' on ${isDecided(scope) ? placeInWords(scope) : ""}`;

export const azureGrantRedundant = rule({
    name: "azure-grant-redundant",
    description: "No role is assigned that its holder has already, on the same scope or by a wider one.",
    severity: "low",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Delete the assignment, or the wider one where the narrower is enough.",
    judges: "stack",
    needs: [],
    options: {},
    check: ({ model }) =>
        holdersIn(model).flatMap(([principal, rights]) =>
            inheritedRoles(rights.filter(isRole)).map(({ right, from }) => ({
                urn: right.urn,
                message: `${words(right)} gives '${principal.name}' nothing beside ${words(from)}; expected one or the other`,
            })),
        ),
});
