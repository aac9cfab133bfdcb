import { nearestAction } from "../access/azure-actions.ts";
import type { ChosenRole, SingleRole } from "../access/azure-solver.ts";
import { proof, reasons } from "./explain-blocks.ts";
import type { ActionsAnswer, ActionsContract } from "./explain-list.ts";
import { counted, facts, firstOf, heading, tierInWords } from "./text-layout.ts";

const SHOWN = 8;

const roleBlock = ({ name, id, tier, excess, excessWrites, coversOnly }: ChosenRole): string =>
    `${heading(name)}\n${facts([
        ["id", id],
        ["danger", tierInWords(tier)],
        ["opens beyond", `${counted(excess, "action")}, ${excessWrites} of them not only reading`],
        ["only it covers", firstOf(coversOnly, SHOWN)],
    ])}`;

const meant = (action: string): string => {
    const nearest = nearestAction(action);
    return nearest === undefined ? "" : `; did you mean '${nearest}'?`;
};

const alternativesBlock = (roles: readonly SingleRole[]): string =>
    `${heading("Single roles that would do too")}\n${facts(
        roles.map(({ name, tier, excess }) => [
            name,
            `opens ${counted(excess, "action")} beyond; ${tierInWords(tier)}`,
        ]),
    )}`;

const customBlock = ({ actions, dataActions }: ActionsContract["custom"]): string =>
    `${heading("Exact custom role")}\n${facts([
        ["opens beyond", "nothing"],
        ["actions", firstOf(actions, SHOWN)],
        ["data actions", firstOf(dataActions, SHOWN)],
    ])}`;

const title = ({ contract, solution }: ActionsAnswer): string => {
    const needs = [...contract.custom.actions, ...contract.custom.dataActions];
    const uncovered = new Set(solution.uncovered);
    const covered = needs.filter(need => !uncovered.has(need)).length;
    const asked =
        covered === needs.length ? counted(covered, "action") : `${covered} of ${counted(needs.length, "action")}`;
    const opened = solution.roles.length === 0 ? "" : `, opening ${counted(solution.excess, "action")} beyond`;
    return `${asked} need${covered === 1 ? "s" : ""} ${counted(solution.roles.length, "built-in role")}${opened}`;
};

/** A solved list of actions, for people. */
export const actionsText = (answer: ActionsAnswer): string => {
    const { contract, solution } = answer;
    const asked = contract.custom.actions.length + contract.custom.dataActions.length;
    if (asked === 0 && solution.uncovered.length === 0) {
        return "no actions in the list; expected one a line, such as 'Microsoft.Compute/virtualMachines/read'";
    }
    const spelling = (action: string): string => `no source lists it${meant(action)}`;
    return [
        title(answer),
        ...(solution.scope === null ? [] : [`Narrowest scope of the resources named: ${solution.scope}`]),
        ...solution.roles.map(roleBlock),
        ...(solution.alternatives.length > 0 ? [alternativesBlock(solution.alternatives)] : []),
        ...(asked > 0 ? [customBlock(contract.custom)] : []),
        ...reasons("Not covered by a built-in role", solution.uncovered, (_, at) => solution.unusable[at]?.why ?? ""),
        ...reasons("Not in the tables; covered by a wildcard", solution.unknown, spelling),
        ...(solution.roles.length > 0 ? [proof(solution.optimal, "roles")] : []),
    ].join("\n\n");
};
