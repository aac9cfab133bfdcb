// Processor time of solving lists of Azure actions over all built-in roles. Run: node bench/azure-solver.ts
import { knownActions } from "../access/azure-actions.ts";
import { solveAzure } from "../access/azure-solver.ts";
import { roles } from "../access/roles.ts";

/** Processor time of this thread, which other programs on the machine do not stretch. */
const milliseconds = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
};

const ACTIONS = (["action", "dataAction"] as const).flatMap(kind => knownActions(kind).names);

/** A small generator of the same numbers on every run. */
const numbers = (seed: number): (() => number) => {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return state / 0x80000000;
    };
};

const measure = (size: number, queries: number): void => {
    const next = numbers(size);
    const times: number[] = [];
    let [proven, chosen] = [0, 0];
    for (let query = 0; query < queries; query += 1) {
        const list = Array.from({ length: size }, () => ACTIONS[Math.floor(next() * ACTIONS.length)] ?? "");
        const begun = milliseconds();
        const solution = solveAzure(list);
        times.push(milliseconds() - begun);
        proven += Number(solution.optimal);
        chosen += solution.roles.length;
    }
    const mean = times.reduce((sum, time) => sum + time, 0) / queries;
    console.log(
        `${size} actions: mean ${mean.toFixed(1)} ms, most ${Math.max(...times).toFixed(0)} ms; ` +
            `${(chosen / queries).toFixed(1)} roles; ${proven} of ${queries} proven`,
    );
};

const begun = milliseconds();
solveAzure([ACTIONS[0] ?? ""]);
console.log(`${roles().length} roles, ${ACTIONS.length} actions; first list ${(milliseconds() - begun).toFixed(1)} ms`);
for (const [size, queries] of [
    [1, 500],
    [3, 500],
    [10, 300],
    [30, 100],
    [100, 30],
    [1000, 3],
] as const)
    measure(size, queries);
