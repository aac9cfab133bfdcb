import { solveGraph } from "../access/graph-solver.ts";
import type { Problems } from "./problems.ts";
import type { PlacedNeed } from "./workload-need.ts";

/** Of each runbook that needs anything of a kind, that need in words. */
const kinds = (runbooks: readonly PlacedNeed[]): readonly (readonly string[])[] => [
    runbooks
        .filter(({ calls }) => calls.length > 0)
        .map(({ calls }) =>
            solveGraph(calls.map(({ call }) => call))
                .permissions.map(({ name }) => name)
                .join(),
        ),
    runbooks
        .filter(({ actions }) => actions.length > 0)
        .map(({ actions }) => actions.map(({ action }) => action.toLowerCase()).join()),
];

/** Runbooks of one account share its identity; where their permissions or their actions differ, each can do what only another needs. */
export const reportUnlikeNeeds = (
    problems: Problems,
    name: string,
    account: string,
    runbooks: readonly PlacedNeed[],
): void => {
    if (runbooks.length < 2 || kinds(runbooks).every(needs => new Set(needs).size < 2)) return;
    problems.warn(
        `workload '${name}': its runbooks have unlike needs, and each can use what the account '${account}' may do; an account each would part them`,
    );
};
