import { judgeGraph } from "../../access/judge-graph.ts";
import { CALLS, checkCalls, type GraphHolder, graphHolders, listed } from "../graph-holders.ts";
import { rule, type StackFault } from "../rule.ts";

/** An identity that the stack does not make may well be granted more elsewhere. */
const isMade = ({ principal }: GraphHolder): boolean => principal.key.startsWith("urn:");

const faultsOf = (holder: GraphHolder): readonly StackFault[] => {
    const { principal, held, undecided, need, hasOtherWays } = holder;
    if (!isMade(holder) || hasOtherWays || need.all.length === 0) return [];
    if (undecided.length > 0) return undecided;
    const names = held.map(({ name }) => name);
    return judgeGraph(names, need.all).missing.map(({ permission, calls }) => ({
        urn: principal.key,
        message: `'${principal.name}' makes calls that none of its permissions allows (${listed(calls)}); expected '${permission}'`,
        smaller: [...names, permission],
    }));
};

export const graphPermissionMissing = rule({
    name: "graph-permission-missing",
    description: "An identity holds a permission for each call that it is known to make.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Grant the permission that the finding names, or take the call out.",
    judges: "stack",
    needs: [],
    options: { calls: CALLS },
    prepare: checkCalls,
    check: (stack, { calls }) => graphHolders(stack, calls).flatMap(faultsOf),
});
