// How much less the solver's answers open than those of the table's own format. Run: node bench/graph-like-microsoft.ts
import type { Call } from "../access/calls.ts";
import { likeMicrosoft } from "../access/graph-like-microsoft.ts";
import { solveGraph } from "../access/graph-solver.ts";
import type { GraphSolution } from "../access/graph-solver.ts";
import { allCalls, randomFrom, sample } from "../test/graph-support.ts";

const controlPlane = ({ permissions }: GraphSolution): number => permissions.filter(({ tier }) => tier === 0).length;

const compare = (name: string, groups: readonly (readonly Call[])[], facts: "reviewed" | "raw"): void => {
    const total = { own: [0, 0, 0], theirs: [0, 0, 0] };
    let [later, wider] = [0, 0];
    for (const group of groups) {
        const [own, theirs] = [solveGraph(group, { facts }), likeMicrosoft(group, { facts })];
        for (const [key, { permissions, reach }, dangerous] of [
            ["own", own, controlPlane(own)],
            ["theirs", theirs, controlPlane(theirs)],
        ] as const)
            total[key] = [dangerous, reach, permissions.length].map((value, index) => value + (total[key][index] ?? 0));
        const [a, b] = [controlPlane(own), controlPlane(theirs)];
        later += Number(a > b || (a === b && own.reach > theirs.reach));
        wider += Number(a < b && own.reach > theirs.reach);
    }
    const words = ([dangerous = 0, reach = 0, size = 0]: number[]): string =>
        `${dangerous} control plane, reach ${(reach / groups.length).toFixed(1)}, ${(size / groups.length).toFixed(2)} permissions`;
    console.log(
        `${name}, ${facts} facts, ${groups.length} lists: ${words(total.own)}; like microsoft ${words(total.theirs)}`,
    );
    console.log(`  later in the order: ${later}; fewer control-plane permissions at more reach: ${wider}`);
};

const EVERYDAY =
    /^\/(users|groups|devices|applications|serviceprincipals|directory|auditlogs|reports|sites|teams|identity|policies|organization|domains|subscribedskus|rolemanagement|devicemanagement\/manageddevices)(\/[^/]+){0,3}$/;

for (const facts of ["reviewed", "raw"] as const) {
    const calls = allCalls(facts);
    const everyday = calls.filter(({ path }) => EVERYDAY.test(path));
    const random = randomFrom(3);
    const groups = (from: readonly Call[]): Call[][] =>
        Array.from({ length: 10_000 }, () => sample(from, 2 + random(19), random));
    compare(
        "each call alone",
        calls.map(call => [call]),
        facts,
    );
    compare("2 to 20 calls of the whole table", groups(calls), facts);
    compare(`2 to 20 of ${everyday.length} everyday calls`, groups(everyday), facts);
}
