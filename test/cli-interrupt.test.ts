import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

const INTERRUPT = new URL("../toolchain/interrupt.ts", import.meta.url).href;

/** Runs a program in a process of its own, signals it each time it says `ready`, and gives what it said and its end. */
const signalled = async (body: string, signal: NodeJS.Signals): Promise<{ said: string; end: unknown }> => {
    const program = `import { withInterrupt } from ${JSON.stringify(INTERRUPT)}; ${body}`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.on("data", (part: Buffer) => {
        if (part.includes("ready")) child.kill(signal);
    });
    const end = new Promise(resolve => child.once("exit", (code, by) => resolve(code ?? by)));
    return { said: await text(child.stdout), end: await end };
};

const WAIT = `await new Promise(resolve => { setTimeout(resolve, 10_000); signal.addEventListener("abort", () => resolve()); });`;

describe("cli: an interrupt", () => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        it(`by ${signal} lets the task tidy up before the process ends`, async () => {
            const body = `await withInterrupt(async signal => {
                console.log("ready"); ${WAIT} console.log("tidied"); throw new Error("cut");
            }).catch(error => { console.log(error.message); process.exit(9); });`;
            assert.deepEqual(await signalled(body, signal), {
                said: `ready\ntidied\ninterrupted by ${signal}\n`,
                end: 9,
            });
        });
    }
    it("that comes twice ends the process at once", async () => {
        const body = `await withInterrupt(async signal => {
            console.log("ready"); ${WAIT} console.log("ready again"); await new Promise(r => setTimeout(r, 10_000));
        });`;
        assert.deepEqual(await signalled(body, "SIGTERM"), { said: "ready\nready again\n", end: "SIGTERM" });
    });
    it("that comes after the task leaves no listener behind", async () => {
        const body = `await withInterrupt(async () => {}); console.log("ready"); setTimeout(() => {}, 10_000);`;
        assert.equal((await signalled(body, "SIGINT")).end, "SIGINT");
    });
});
