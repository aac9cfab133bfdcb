/**
 * How fast runbooks are read: `node bench/scan.ts`. Prints the time to load the grammar and to read 1,000 runbooks of
 * about 200 lines on one core, and memory after every 1,000 of 10,000 files with `--memory` (`node --expose-gc` tells what is held from what is not yet
 * collected).
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const LINES = 200;
const FOLDER = join(import.meta.dirname, "..", "test", "fixtures", "runbooks");
const blocks = readdirSync(FOLDER)
    .filter(name => /^(text|flow|helpers|batch|cmdlets|requests|signin)\.ps1$/.test(name))
    .map(name => readFileSync(join(FOLDER, name), "utf8"));

/** A runbook of about 200 lines; no two are the same. */
const runbook = (number: number): string => {
    const lines: string[] = [`# runbook ${String(number)}`];
    for (let block = number; lines.length < LINES; block++) {
        lines.push(...(blocks[block % blocks.length] ?? "").replaceAll("$id", `$id${String(number)}`).split("\n"));
    }
    return lines.slice(0, LINES).join("\n");
};

const started = performance.now();
await loadGrammar(1_000);
console.log(`grammar loaded in ${(performance.now() - started).toFixed(0)} ms`);

const first = performance.now();
scanRunbook(runbook(0), { path: "0.ps1" });
console.log(`first runbook in ${(performance.now() - first).toFixed(0)} ms`);

const measure = (count: number): void => {
    const from = process.threadCpuUsage();
    const wall = performance.now();
    let calls = 0;
    for (let number = 0; number < count; number++)
        calls += scanRunbook(runbook(number), { path: `${String(number)}.ps1` }).calls.length;
    const { user, system } = process.threadCpuUsage(from);
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const seconds = (performance.now() - wall) / 1000;
    console.log(
        `${String(count)} runbooks, ${String(calls)} calls: ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of one core, ` +
            `${(rss / 2 ** 20).toFixed(0)} MiB, ${(heapUsed / 2 ** 20).toFixed(1)} MiB of them held`,
    );
};

const rounds = process.argv.includes("--memory") ? 10 : 1;
for (let round = 0; round < rounds; round++) measure(1_000);
