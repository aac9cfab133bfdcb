import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox/server.ts";
import { ensureEngine } from "../../toolchain/engine.ts";

const WRITES: readonly string[] = ["PUT", "POST", "PATCH", "DELETE"];

/** Runs the engine so that its process is known, and kills it. */
export class EngineKiller {
    readonly #folder = mkdtempSync(join(tmpdir(), "leastwise-engine-"));
    readonly #pidFile = join(this.#folder, "pid");

    /** Puts a command in the engine's place that notes its process id and becomes the engine. */
    async install(): Promise<void> {
        const { path } = await ensureEngine();
        const command = join(this.#folder, "pulumi");
        writeFileSync(command, `#!/bin/sh\necho $$ > '${this.#pidFile}'\nexec '${path}' "$@"\n`);
        chmodSync(command, 0o755);
        process.env["LEASTWISE_PULUMI"] = command;
    }

    /** Kills the engine when the sandbox has done so many writes, before their answers are sent. @returns whether it did. */
    async killAtWrite(sandbox: Sandbox, count: number, run: () => Promise<unknown>): Promise<boolean> {
        const { log } = sandbox;
        const add = log.add.bind(log);
        let writes = 0;
        let killed = false;
        log.add = record => {
            add(record);
            const isWrite = WRITES.includes(record.method) && /^\/(subscriptions|v1\.0)\//.test(record.path);
            if (!isWrite || ++writes !== count) return;
            process.kill(Number(readFileSync(this.#pidFile, "utf8")), "SIGKILL");
            killed = true;
        };
        try {
            await run();
        } catch (error) {
            if (!killed) throw error;
        } finally {
            log.add = add;
        }
        return killed;
    }

    remove(): void {
        delete process.env["LEASTWISE_PULUMI"];
        rmSync(this.#folder, { recursive: true });
    }
}
