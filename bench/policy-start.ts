// How long the policy pack takes to be ready, over a pack without a rule: from the start of its host, as the engine starts
// it, to the port that it listens on; each in processes of its own, in turn. Run: node bench/policy-start.ts [runs, 9]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { median } from "./median.ts";
import { emptyPack, ownPack, processSeconds } from "./policy-packs.ts";

const RUNS = Number(process.argv[2] ?? 9);
const sdk = join(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"), "..");
const host = join(sdk, "cmd", "run-policy-pack");

interface Started {
    /** Milliseconds until it was ready. */
    readonly ready: number;
    /** Milliseconds of processor time until then: what it would take on a machine that does nothing else. */
    readonly work: number;
}

const start = async (folder: string): Promise<Started> => {
    const begun = performance.now();
    const child = spawn(process.execPath, [host, "127.0.0.1:1", folder], {
        cwd: folder,
        stdio: ["ignore", "pipe", "inherit"],
    });
    const [first] = (await once(child.stdout, "data")) as [Buffer];
    const ready = performance.now() - begun;
    const work = (processSeconds(String(child.pid), folder) ?? NaN) * 1000;
    child.kill();
    await once(child, "exit");
    if (!/^\d+\s*$/.test(first.toString())) throw new Error(`the host of ${folder} said: ${first.toString()}`);
    return { ready, work };
};

const packs = { empty: emptyPack(), own: await ownPack() };
const runs: { readonly empty: Started; readonly own: Started }[] = [];
for (let run = 0; run <= RUNS; run++) {
    const [empty, own] = [await start(packs.empty), await start(packs.own)];
    if (run > 0) runs.push({ empty, own });
}
for (const [key, words] of [
    ["ready", "is ready in"],
    ["work", "takes, of processor time,"],
] as const) {
    const [empty, own] = [median(runs.map(run => run.empty[key])), median(runs.map(run => run.own[key]))];
    const over = median(runs.map(run => run.own[key] - run.empty[key]));
    console.log(
        `a pack without a rule ${words} ${empty.toFixed(0)} ms, ours ${own.toFixed(0)} ms: ${over.toFixed(0)} ms over`,
    );
}
