import { CALLS, checkCalls, graphHolders } from "../graph-holders.ts";
import { rule } from "../rule.ts";
import { faultsOfHolders, unneededFaults } from "../unneeded-permissions.ts";

export const graphPermissionUnneeded = rule({
    name: "graph-permission-unneeded",
    description: "Each permission of an identity whose calls are known serves a call, and no smaller one would.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Grant the smaller set that the finding names instead.",
    judges: "stack",
    needs: [],
    options: { calls: CALLS },
    prepare: checkCalls,
    check: (stack, { calls }) => faultsOfHolders(graphHolders(stack, calls), unneededFaults),
});
