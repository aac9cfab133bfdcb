import { administratorsOf } from "./escalation-administrators.ts";
import type { Building, StandIn } from "./escalation-building.ts";
import type { AccessModel } from "./model.ts";

type From = StandIn & { readonly from: string };

const applicationsOf = ({ principals }: AccessModel): readonly From[] =>
    principals.flatMap(({ key, application }) =>
        application === undefined
            ? []
            : [{ from: application, to: key, edge: "AZRunsAs", words: "signs in as", certain: true }],
    );

const trustedIn = ({ entries }: AccessModel): readonly From[] =>
    entries.flatMap(({ trusts, principal }) =>
        trusts === undefined
            ? []
            : [
                  {
                      ...{ from: trusts, to: principal, edge: "FederatedCredential" },
                      ...{ words: "is trusted to sign in as", certain: true },
                  },
              ],
    );

/** The principals that act as another without a right, with whom they act as. */
export const standInsOf = (model: AccessModel): Building["standIns"] =>
    Map.groupBy<string, From>(
        [...applicationsOf(model), ...trustedIn(model), ...administratorsOf(model)],
        ({ from }) => from,
    );

/**
 * Adds whom one is besides itself: of an application its service principal, of a federated identity who trusts it, of an
 * administrator what it administers.
 */
export const addStandIns = ({ graph, standIns }: Building, holder: string): void => {
    const from = graph.principal(holder);
    for (const { to: key = "", node, edge, words, certain } of standIns.get(holder) ?? []) {
        const to = node === undefined ? graph.principal(key) : graph.find(node);
        if (from !== undefined && to !== undefined)
            graph.add(from, { to, certain, step: { edge, by: [], certain, words } });
    }
};
