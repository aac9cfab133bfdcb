import { callWords, CALLS, checkCalls, graphHolders, listed } from "../graph-holders.ts";
import { rule, type StackFault } from "../rule.ts";
import { faultsOfHolders, type JudgedPermissions, writesWhereRead } from "../unneeded-permissions.ts";

const faultsOf = (permissions: JudgedPermissions): readonly StackFault[] =>
    writesWhereRead(permissions).flatMap(({ permission, by }) =>
        permissions.held
            .filter(({ name }) => name === permission)
            .map(({ right }) => ({
                urn: right.urn,
                message: `permission '${permission}' writes, and every call that it serves reads (${callWords(permissions.calls)}); expected ${listed(by)}`,
                smaller: by,
            })),
    );

export const graphWriteWhereRead = rule({
    name: "graph-write-where-read",
    description: "No identity whose calls only read holds a permission that writes.",
    severity: "high",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Grant the permission that reads instead.",
    judges: "stack",
    needs: [],
    options: { calls: CALLS },
    prepare: checkCalls,
    check: (stack, { calls }) => faultsOfHolders(graphHolders(stack, calls), faultsOf),
});
