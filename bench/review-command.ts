// Reviews the example stack and previews it without policies, in turn, each as a command of its own: what a review costs.
// Run: node bench/review-command.ts [rounds, 5]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = Number(process.argv[2] ?? 5);
const LAUNCHER = join(import.meta.dirname, "..", "bin", "leastwise.js");

const cwd = mkdtempSync(join(tmpdir(), "leastwise-bench-"));

const seconds = (...args: string[]): number => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], { cwd, encoding: "utf8" });
    if (status !== 0 && status !== 3) throw new Error(stderr);
    return (performance.now() - begun) / 1000;
};

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const WAYS = {
    preview: ["preview", "--stack", "example", "--sandbox"],
    check: ["check", "--stack", "example", "--sandbox"],
    review: ["review", "--stack", "example", "--sandbox", "--markdown", "review.md", "--html", "review.html"],
} as const;

try {
    seconds("up", "--stack", "example", "--sandbox", "--yes");
    const times = { preview: [] as number[], check: [] as number[], review: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1)
        for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) times[way].push(seconds(...WAYS[way]));
    const bare = middle(times.preview);
    console.log(`medians of ${ROUNDS}, of a stack that is deployed:`);
    for (const [way, taken] of Object.entries(times))
        console.log(`${way}: ${middle(taken).toFixed(2)} s, ${(middle(taken) / bare).toFixed(2)} times a bare preview`);
} finally {
    rmSync(cwd, { recursive: true });
}
