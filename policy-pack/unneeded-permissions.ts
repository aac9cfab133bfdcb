import { type Call, parseCall } from "../access/calls.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { type GraphJudgement, judgeGraph } from "../access/judge-graph.ts";
import { callWords, type GraphHolder, type HeldPermission, listed } from "./graph-holders.ts";
import { distinctCalls } from "./known-need.ts";
import type { StackFault } from "./rule.ts";

/** Permissions that are judged together, by calls beside which no others are to be expected. */
export interface JudgedPermissions {
    readonly held: readonly HeldPermission[];
    readonly calls: readonly Call[];
    readonly judgement: GraphJudgement;
}

const judged = (held: readonly HeldPermission[], calls: readonly Call[]): JudgedPermissions => ({
    held,
    calls,
    judgement: judgeGraph(
        held.map(({ name }) => name),
        calls,
    ),
});

const callsOf = (lines: readonly string[]): readonly Call[] => {
    try {
        return distinctCalls(lines.map(parseCall));
    } catch {
        return [];
    }
};

/** A call that the tables do not have, or have for users alone, may yet be what a permission is for. */
const isSettled = ({ judgement }: JudgedPermissions): boolean => judgement.unmatched.length === 0;

/**
 * The permissions of one holder as far as it is known what they are for: all of them where all its calls are known, else
 * each that is declared for calls of its own.
 */
const judgedPermissions = ({ held, need }: GraphHolder): readonly JudgedPermissions[] => {
    if (need.isWhole) return held.length === 0 ? [] : [judged(held, need.all)].filter(isSettled);
    return held
        .flatMap(each => {
            const own = callsOf(each.right.calls ?? []);
            return own.length === 0 ? [] : [judged([each], distinctCalls([...own, ...need.all]))];
        })
        .filter(isSettled);
};

/**
 * What is wrong with the permissions of each holder that are judged together, and those of a holder whose calls are all
 * known that cannot be judged themselves.
 */
export const faultsOfHolders = (
    holders: readonly GraphHolder[],
    faultsOf: (permissions: JudgedPermissions, holder: GraphHolder) => readonly StackFault[],
): readonly StackFault[] =>
    holders.flatMap(holder => [
        ...judgedPermissions(holder).flatMap(permissions => faultsOf(permissions, holder)),
        ...(holder.need.isWhole ? holder.undecided : []),
    ]);

/** Whether a permission, by its name, only reads: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern */
const reads = (name: string): boolean => /\.Read(Basic|Metadata)?(\.|$)/.test(name);

/** The permissions that write although others that read would do. */
export const writesWhereRead = ({ judgement }: JudgedPermissions): GraphJudgement["replaceable"] =>
    judgement.replaceable.filter(({ permission, by }) => !reads(permission) && by.every(reads));

const smallest = (calls: readonly Call[]): readonly string[] => solveGraph(calls).permissions.map(({ name }) => name);

const expected = (names: readonly string[]): string => (names.length === 0 ? "none" : listed(names));

const excess = (saves: number): string =>
    saves > 0 ? `opens ${String(saves)} calls more` : "is more dangerous, being of the control plane,";

/** What is wrong with permissions that their holder can do without, each fault on the grant of one. */
export const unneededFaults = (permissions: JudgedPermissions, { principal }: GraphHolder): readonly StackFault[] => {
    const { held, calls, judgement } = permissions;
    const who = `'${principal.name}'`;
    const onEach = (name: string, message: string, smaller: readonly string[]): StackFault[] =>
        held.filter(each => each.name === name).map(({ right }) => ({ urn: right.urn, message, smaller }));
    const writes = new Set(writesWhereRead(permissions));
    const known = calls.length === 0 ? "none is known" : callWords(calls);
    return [
        ...judgement.unneeded.flatMap(name => {
            const smaller = smallest(calls);
            return onEach(
                name,
                `permission '${name}' serves no call that ${who} makes (${known}); expected ${expected(smaller)}`,
                smaller,
            );
        }),
        ...judgement.redundant.flatMap(({ permission, coveredBy }) =>
            onEach(
                permission,
                `permission '${permission}' serves only calls that ${listed(coveredBy)} allows too (${known}); expected just that`,
                coveredBy,
            ),
        ),
        ...judgement.replaceable
            .filter(each => !writes.has(each))
            .flatMap(({ permission, by, saves }) =>
                onEach(
                    permission,
                    `permission '${permission}' ${excess(saves)} than ${who} needs (${known}); expected ${expected(by)}`,
                    by,
                ),
            ),
    ];
};
