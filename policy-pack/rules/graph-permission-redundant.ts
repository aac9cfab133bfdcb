import { redundantPermissions } from "../../access/graph-redundant.ts";
import { type GraphHolder, graphHolders, listed } from "../graph-holders.ts";
import { rule, type StackFault } from "../rule.ts";

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** Grants of what an earlier resource grants: Entra refuses the second. */
const repeated = ({ held }: GraphHolder): readonly StackFault[] =>
    held.flatMap(({ name, right }, at) => {
        const before = held.slice(0, at).find(each => each.name === name);
        return before === undefined
            ? []
            : [
                  {
                      urn: right.urn,
                      message: `permission '${name}' is granted by '${nameOf(before.right.urn)}' already; expected it once`,
                  },
              ];
    });

const covered = ({ held }: GraphHolder): readonly StackFault[] =>
    redundantPermissions(held.map(({ name }) => name)).flatMap(({ permission, coveredBy }) =>
        held
            .filter(({ name }) => name === permission)
            .map(({ right }) => ({
                urn: right.urn,
                message: `permission '${permission}' allows nothing beside ${listed(coveredBy)}; expected one or the other`,
                smaller: coveredBy,
            })),
    );

export const graphPermissionRedundant = rule({
    name: "graph-permission-redundant",
    description: "No identity holds a permission that allows nothing beside its others.",
    severity: "low",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Delete the permission, or the larger one where the smaller is enough (leastwise explain names the least for the calls).",
    judges: "stack",
    needs: [],
    options: {},
    check: stack =>
        graphHolders(stack, {}).flatMap(holder => [
            ...repeated(holder),
            ...covered(holder),
            ...(holder.held.length > 0 ? holder.undecided : []),
        ]),
});
