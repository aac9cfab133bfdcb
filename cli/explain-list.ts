import { solveAzure } from "../access/azure-solver.ts";
import type { AzureSolution } from "../access/azure-solver.ts";
import { formatCall, parseCall } from "../access/calls.ts";
import type { Call } from "../access/calls.ts";
import { likeMicrosoft } from "../access/graph-like-microsoft.ts";
import { solveGraph } from "../access/graph-solver.ts";
import type { GraphSolution, Unmatched } from "../access/graph-solver.ts";
import type { Tier } from "../access/tier.ts";

/** What `--json --calls` prints. */
export interface CallsContract {
    readonly permissions: readonly string[];
    readonly perPermission: readonly {
        readonly name: string;
        readonly tier: Tier;
        readonly reach: number;
        readonly coversOnly: readonly string[];
    }[];
    readonly reach: number;
    readonly unmatched: readonly Unmatched[];
    readonly optimal: boolean;
}

/** What `--json --actions` prints. */
export interface ActionsContract {
    readonly roles: readonly { readonly name: string; readonly id: string; readonly excess: number }[];
    readonly custom: { readonly actions: readonly string[]; readonly dataActions: readonly string[] };
    readonly uncovered: readonly string[];
}

export interface CallsAnswer {
    readonly contract: CallsContract;
    readonly solution: GraphSolution;
    /** The lines that are calls. */
    readonly calls: readonly Call[];
    /** The least answer, where another tool's was asked for. */
    readonly least?: GraphSolution;
}

export interface ActionsAnswer {
    readonly contract: ActionsContract;
    readonly solution: AzureSolution;
}

interface ReadCalls {
    readonly calls: readonly Call[];
    /** The lines as they were written, by the form the solver answers in. */
    readonly linesOf: ReadonlyMap<string, readonly string[]>;
    readonly bad: readonly Unmatched[];
}

const readCalls = (lines: readonly string[]): ReadCalls => {
    const calls: Call[] = [];
    const linesOf = new Map<string, string[]>();
    const bad: Unmatched[] = [];
    for (const line of lines) {
        try {
            const call = parseCall(line);
            const text = formatCall(call);
            calls.push(call);
            linesOf.set(text, [...(linesOf.get(text) ?? []), line]);
        } catch (error) {
            bad.push({ call: line, why: (error as Error).message });
        }
    }
    return { calls, linesOf, bad };
};

const byCall = (a: Unmatched, b: Unmatched): number => (a.call < b.call ? -1 : a.call > b.call ? 1 : 0);

/** Solves a list of calls. Every line that has no answer is in `unmatched`, as it was written. */
export const callsAnswer = (lines: readonly string[], like?: "microsoft"): CallsAnswer => {
    const { calls, linesOf, bad } = readCalls(lines);
    const least = solveGraph(calls);
    const solution = like === undefined ? least : likeMicrosoft(calls);
    const written = (text: string): readonly string[] => linesOf.get(text) ?? [text];
    const unmatched = solution.unmatched.flatMap(({ call, why }) => written(call).map(line => ({ call: line, why })));
    return {
        contract: {
            permissions: solution.permissions.map(({ name }) => name),
            perPermission: solution.permissions.map(({ name, tier, reach, coversOnly }) => ({
                name,
                tier,
                reach,
                coversOnly: coversOnly.flatMap(written).toSorted(),
            })),
            reach: solution.reach,
            unmatched: [...unmatched, ...bad].toSorted(byCall),
            optimal: solution.optimal,
        },
        solution,
        calls,
        ...(like === undefined ? {} : { least }),
    };
};

/** Solves a list of actions and Resource Manager calls. Every action no role covers is in `uncovered`, as it was written. */
export const actionsAnswer = (lines: readonly string[], allowRoleAssignments: boolean): ActionsAnswer => {
    const solution = solveAzure(lines, { allowRoleAssignments });
    const spellings = Map.groupBy(lines, line => line.toLowerCase());
    const written = (action: string): readonly string[] => spellings.get(action.toLowerCase())?.toSorted() ?? [action];
    return {
        contract: {
            roles: solution.roles.map(({ name, id, excess }) => ({ name, id, excess })),
            custom: solution.custom,
            uncovered: solution.uncovered.flatMap(written),
        },
        solution,
    };
};
