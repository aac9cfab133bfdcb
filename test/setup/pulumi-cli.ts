import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "../../toolchain/engine.ts";
import { engineEnvironment } from "../../toolchain/environment.ts";

/** What a command of the CLI printed and ended with. */
export interface CliRun {
    readonly stdout: string;
    readonly stderr: string;
    readonly code: number;
}

/** The engine's command line with a home of its own, as somebody types it, without a stack. No registry is in its reach. */
export class PulumiCli {
    readonly #home = mkdtempSync(join(tmpdir(), "leastwise-cli-"));

    async run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
        const engine = await ensureEngine();
        const options = {
            cwd,
            env: {
                ...process.env,
                ...(await engineEnvironment(engine)),
                PULUMI_HOME: this.#home,
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                npm_config_registry: "http://127.0.0.1:9/",
                npm_config_update_notifier: "false",
                npm_config_cache: join(this.#home, "npm"),
                ...env,
            },
        };
        return new Promise(done =>
            execFile(engine.path, [...args, "--non-interactive"], options, (error, stdout, stderr) =>
                done({ stdout, stderr, code: typeof error?.code === "number" ? error.code : error ? 1 : 0 }),
            ),
        );
    }

    close(): void {
        rmSync(this.#home, { recursive: true, force: true });
    }
}
