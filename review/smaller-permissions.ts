import { MICROSOFT_GRAPH } from "../access/apis.ts";
import { formatCall, parseCall } from "../access/calls.ts";
import type { Call } from "../access/calls.ts";
import { reachOf } from "../access/graph-reach.ts";
import { permissionNamed } from "../access/graph-sets.ts";
import { solveGraph } from "../access/graph-solver.ts";
import type { GraphSolution } from "../access/graph-solver.ts";
import { isDecided } from "../access/model.ts";
import type { PermissionRight, Right } from "../access/model.ts";
import { judgeGraph } from "../access/judge-graph.ts";
import type { GraphJudgement } from "../access/judge-graph.ts";
import { counted, listed } from "./count.ts";
import type { SmallerSet } from "./model.ts";
import { codeOf, linesOf, withProperties } from "./sources.ts";
import type { Sources } from "./sources.ts";

type Named = PermissionRight & { readonly permission: string };

const isGraph = (right: Right): right is Named =>
    right.kind === "permission" && right.appId === MICROSOFT_GRAPH && isDecided(right.permission);

const isCall = (call: Call | undefined): call is Call => call !== undefined;

const read = (text: string): Call | undefined => {
    try {
        return parseCall(text);
    } catch {
        return undefined;
    }
};

/** All that the identity calls, where that is known: from its code, or from every permission's own word. */
const knownCalls = (held: readonly Named[], identity: string, sources: Sources): string[] | undefined => {
    const declared = held.flatMap(({ calls }) => calls ?? []);
    const code = codeOf(sources, identity);
    const isKnown = code?.complete === true || held.every(({ calls }) => (calls ?? []).length > 0);
    const all = [...new Set([...declared, ...(code?.calls ?? []).map(withProperties)])].sort();
    const isTold = code?.complete === true || all.length > 0;
    return isKnown && isTold && all.every(call => isCall(read(call))) ? all : undefined;
};

const reachOfNames = (names: readonly string[]): number =>
    reachOf(names.flatMap(name => permissionNamed(name)?.number ?? []));

const worst = (names: readonly string[]): number => names.filter(name => permissionNamed(name)?.tier === 0).length;

const why = (name: string, { unneeded, redundant, replaceable }: GraphJudgement): string => {
    if (unneeded.includes(name)) return "no known call needs it";
    const covered = redundant.find(({ permission }) => permission === name);
    if (covered !== undefined) return `its calls are allowed by ${listed(covered.coveredBy)} too`;
    const replaced = replaceable.find(({ permission }) => permission === name);
    return replaced === undefined
        ? "other permissions allow its calls and open less together"
        : `${listed(replaced.by)} would do and close ${counted(replaced.saves, "call")}`;
};

const proof = (name: string, solution: GraphSolution, calls: readonly string[]): readonly string[] => {
    const only = solution.permissions.find(each => each.name === name)?.coversOnly ?? [];
    return only.length > 0 ? only : calls;
};

/** The smaller set of Graph permissions that allows all the calls of an identity, with its proof, where there is one. */
export const smallerPermissions = (
    identity: string,
    name: string,
    rights: readonly Right[],
    sources: Sources,
): SmallerSet[] => {
    const held = rights.filter(isGraph);
    const calls = held.length === 0 ? undefined : knownCalls(held, identity, sources);
    if (calls === undefined) return [];
    const parsed = calls.map(read).filter(isCall);
    const solution = solveGraph(parsed);
    const now = [...new Set(held.map(({ permission }) => permission))].sort();
    const enough = solution.permissions.map(each => each.name);
    const [opensNow, wouldOpen] = [reachOfNames(now), reachOfNames(enough)];
    const isLess = worst(enough) < worst(now) || (worst(enough) === worst(now) && wouldOpen < opensNow);
    if (solution.unmatched.length > 0 || !isLess) return [];
    const judgement = judgeGraph(now, parsed);
    return [
        {
            identity: name,
            kind: "permissions",
            now,
            enough: enough.map(right => ({
                right,
                because: proof(right, solution, parsed.map(formatCall)).map(call => ({
                    call,
                    at: linesOf(sources, identity, call),
                })),
            })),
            dropped: now.filter(right => !enough.includes(right)).map(right => ({ right, why: why(right, judgement) })),
            opensNow,
            wouldOpen,
        },
    ];
};
