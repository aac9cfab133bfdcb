// Deploys identities with 3 permissions and 2 roles each, at a simulated latency of each REST call: by the calls that
// people make by hand one after another, by a bare Pulumi program, and by Leastwise, each in a process of its own.
// Run: node bench/deploy.ts [identities, 100] [latency in ms, 100] [times as many for the growth, 10] [checkpoints]
// With "checkpoints", the state is saved after each change, not only at the end.
import { fork } from "node:child_process";
import { once } from "node:events";
import type { DeployRun } from "./deploy-run.ts";

const [identities = 100, latencyMs = 100, growth = 10] = process.argv.slice(2, 5).map(Number);
const checkpoints = process.argv.slice(5);
const RESOURCES_EACH = 6;
const ROUNDS = 3;

const run = async (way: string, count: number): Promise<DeployRun> => {
    const script = new URL("deploy-run.ts", import.meta.url);
    const child = fork(script, [way, String(count), String(latencyMs), ...checkpoints], { silent: true });
    const answer = once(child, "message");
    const failed = once(child, "exit").then(([code]) => {
        throw new Error(`${way} of ${count} identities ended with ${code}`);
    });
    const [measured] = (await Promise.race([answer, failed])) as [DeployRun];
    await failed.catch(() => undefined);
    return measured;
};

const report = (what: string, count: number, { seconds, writes }: DeployRun): void => {
    const resources = count * RESOURCES_EACH + 1;
    const each = (writes / resources).toFixed(2);
    console.log(
        `${what}, ${count} identities: ${seconds.toFixed(1)} s, ${writes} writes for ${resources} (${each} each)`,
    );
};

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const hand = await run("hand", identities);
report("by hand", identities, hand);
const bare: number[] = [];
const ours: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
    for (const [way, times] of [
        ["bare", bare],
        ["leastwise", ours],
    ] as const) {
        const measured = await run(way, identities);
        report(way, identities, measured);
        times.push(measured.seconds);
    }
}
console.log(`leastwise against by hand: ${(hand.seconds / middle(ours)).toFixed(1)} times faster`);
console.log(
    `leastwise over the bare program: ${(middle(ours) / middle(bare)).toFixed(2)} times (medians of ${ROUNDS})`,
);
if (growth > 1) {
    const grown = await run("leastwise", identities * growth);
    report("leastwise", identities * growth, grown);
    console.log(`time for ${growth} times as many: ${(grown.seconds / middle(ours)).toFixed(1)} times`);
}
