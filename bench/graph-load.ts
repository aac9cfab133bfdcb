// Time and heap of the first use of the Graph tables. Run: node --expose-gc bench/graph-load.ts
import { MICROSOFT_GRAPH, appRoles } from "../access/apis.ts";
import { callsOf } from "../access/cmdlets.ts";
import { allowing, parseCall } from "../access/calls.ts";
import { graphProblem } from "../access/graph-reach.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { processorTime } from "./processor-time.ts";

const collect = (globalThis as { gc?: () => void }).gc;
const heap = (): number => {
    collect?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
};

const before = heap();
let sum = 0;
const step = (name: string, work: () => unknown): void => {
    const taken = processorTime(work);
    sum += taken;
    console.log(`${name}: ${taken.toFixed(1)} ms, ${(heap() - before).toFixed(1)} MiB in all`);
};

step("app roles", () => appRoles(MICROSOFT_GRAPH));
step("a call looked up", () => allowing(parseCall("GET /users/{id}")));
step("reach of every permission", () => graphProblem());
console.log(
    `tables for the solver: ${sum.toFixed(1)} ms (limit 15 ms), ${(heap() - before).toFixed(1)} MiB (limit 15 MiB)`,
);
step("first answer", () => solveGraph(["GET /users", "GET /groups/{id}/members"].map(parseCall)));
step("cmdlets", () => callsOf("Get-MgUser"));
