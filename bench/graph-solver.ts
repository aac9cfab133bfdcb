// Time of solving Graph calls, on one core. Run: node bench/graph-solver.ts
import { solveGraph } from "../access/graph-solver.ts";
import { allCalls, randomFrom, sample } from "../test/graph-support.ts";
import { processorTime } from "./processor-time.ts";

const calls = allCalls();
const random = randomFrom(1);
const groups = Array.from({ length: 10_000 }, () => sample(calls, 10, random));
const solveGroups = (): void => {
    for (const group of groups) if (!solveGraph(group).optimal) throw new Error("a group of ten was not solved");
};

const distinct = [...calls].map(call => ({ call, key: random(2 ** 31) })).sort((a, b) => a.key - b.key);
const thousand = distinct.slice(0, 1000).map(({ call }) => call);
const solveThousand = (): void => {
    if (!solveGraph(thousand).optimal) throw new Error("a thousand calls were not solved to the optimum");
};

const figures: readonly [name: string, limit: number, work: () => void][] = [
    ["10,000 solves of 10 calls", 1000, solveGroups],
    ["1,000 distinct calls to the optimum", 2000, solveThousand],
];
for (const [name, limit, work] of figures) {
    const first = processorTime(work);
    const again = Math.min(processorTime(work), processorTime(work));
    console.log(`${name}: ${first.toFixed(0)} ms at first, ${again.toFixed(0)} ms warm (limit ${limit} ms)`);
    if (again > limit) process.exitCode = 1;
}
