import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));
const LAST_LINE = "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION";

let folder: string;

type Serving = { child: ChildProcessByStdio<null, Readable, Readable>; env: Record<string, string> };

/** Starts `leastwise sandbox` and reads the environment it prints. */
const serve = async (...args: string[]): Promise<Serving> => {
    const child = spawn(process.execPath, [LAUNCHER, "sandbox", ...args], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const env: Record<string, string> = {};
    for await (const line of createInterface({ input: child.stdout })) {
        const [, name = "", value = ""] = /^export (\w+)=(.*)$/.exec(line) ?? [];
        env[name] = value;
        if (name === LAST_LINE) break;
    }
    return { child, env };
};

const stop = async ({ child }: Serving, signal: NodeJS.Signals = "SIGINT"): Promise<unknown> => {
    const end = new Promise(resolve => child.once("exit", (code, by) => resolve(code ?? by)));
    child.kill(signal);
    return end;
};

const get = (url: string, ca: Buffer): Promise<unknown> =>
    new Promise((resolve, reject) => {
        const asked = request(url, { ca }, async response => {
            const parts: Buffer[] = [];
            for await (const part of response) parts.push(part as Buffer);
            resolve(JSON.parse(Buffer.concat(parts).toString()));
        });
        asked.once("error", reject).end();
    });

describe("cli: the sandbox, standing", () => {
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-serve-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("prints lines to paste that lead to it, and ends with 0 on Ctrl-C", async () => {
        const serving = await serve();
        const { ARM_METADATA_HOSTNAME: host, SSL_CERT_FILE: ca = "", PULUMI_DEBUG_PROVIDERS: providers } = serving.env;
        const metadata = await get(`https://${host}/metadata/endpoints?api-version=2022-09-01`, readFileSync(ca));
        assert.equal(JSON.stringify(metadata).includes(`https://${host}`), true);
        assert.match(providers ?? "", /^azure-native:\d+,azuread:\d+$/);
        assert.equal(await stop(serving), 0);
    });

    it("keeps its state for the next time, in a file that only its owner can read", async () => {
        const first = await serve();
        await stop(first, "SIGTERM");
        assert.equal(existsSync(join(folder, ".leastwise", "sandbox.json")), true);
        const second = await serve();
        assert.equal(second.env["ARM_SUBSCRIPTION_ID"], first.env["ARM_SUBSCRIPTION_ID"]);
        await stop(second);
    });

    it("is refused a second time on the same state, by the process that has it", async () => {
        const serving = await serve();
        const second = spawnSync(process.execPath, [LAUNCHER, "sandbox"], { cwd: folder, encoding: "utf8" });
        assert.match(second.stderr, new RegExp(`in use by process ${serving.child.pid}`));
        assert.equal(second.status, 1);
        await stop(serving);
    });

    it("is refused a port that is taken", async () => {
        const serving = await serve();
        const port = serving.env["ARM_METADATA_HOSTNAME"]?.split(":")[1] ?? "";
        const other = spawnSync(process.execPath, [LAUNCHER, "sandbox", "--port", port, "--state", "other.json"], {
            cwd: folder,
            encoding: "utf8",
        });
        assert.match(other.stderr, new RegExp(`^leastwise: port ${port} is taken`));
        assert.equal(other.status, 1);
        await stop(serving);
    });

    it("is refused a state file that is damaged, in one line", () => {
        writeFileSync(join(folder, "bad.json"), "{ half");
        const { stderr, status } = spawnSync(process.execPath, [LAUNCHER, "sandbox", "--state", "bad.json"], {
            cwd: folder,
            encoding: "utf8",
        });
        assert.match(stderr, /^leastwise: .*bad\.json.*\n$/);
        assert.equal(status, 1);
    });
});
