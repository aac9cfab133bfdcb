import assert from "node:assert/strict";
import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));

let folder: string;

/** A script that says it is an old Node and runs the launcher's code as one would: on this Node, but called v20. */
const PRETEND_OLD = `Object.defineProperty(process, "version", { value: "v20.11.0" });`;

const runOld = (launcher: string, args: readonly string[], path: string): SpawnSyncReturns<string> => {
    const pretend = join(folder, "pretend.cjs");
    writeFileSync(pretend, PRETEND_OLD);
    return spawnSync(process.execPath, ["--require", pretend, launcher, ...args], {
        encoding: "utf8",
        env: { PATH: path },
    });
};

/** The launcher alone, in a package that has neither Node nor dependencies; its command line prints how it was run. */
const alonePackage = (): string => {
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "dist", "cli"), { recursive: true });
    cpSync(LAUNCHER, join(folder, "bin", "leastwise.js"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "leastwise", type: "module" }));
    const main = `export const main = async argv => {
        if (argv.includes("wait")) { setInterval(() => {}, 1000); process.on("SIGTERM", () => process.exit(7)); }
        console.log(process.version, ...argv.slice(2));
        if (argv.includes("die")) process.kill(process.pid, "SIGKILL");
        process.exitCode = 5;
    };`;
    writeFileSync(join(folder, "dist", "cli", "main.js"), main);
    return join(folder, "bin", "leastwise.js");
};

const nodeOnPath = (): string => {
    const bin = join(folder, "path");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    return bin;
};

describe("cli: the launcher", () => {
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-launcher-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("runs the command line of a checkout on the Node of the npm package 'node' when its own is old", () => {
        const { stdout, stderr, status } = runOld(LAUNCHER, ["--version"], "/nowhere");
        assert.deepEqual([stdout, stderr, status], ["0.1.0\n", "", 0]);
    });

    it("runs dist/ of an installed package, on a Node from PATH, and gives its exit code", () => {
        const launcher = alonePackage();
        const { stdout, stderr, status } = runOld(launcher, ["a", "--b"], nodeOnPath());
        assert.deepEqual([stdout, stderr, status], [`${process.version} a --b\n`, "", 5]);
    });

    it("says which Nodes it saw and what to do when none will do", () => {
        const launcher = alonePackage();
        const bin = join(folder, "path");
        mkdirSync(bin);
        writeFileSync(join(bin, "node"), "#!/bin/sh\necho v18.1.0\n");
        chmodSync(join(bin, "node"), 0o755);
        const { stdout, stderr, status } = runOld(launcher, ["a"], bin);
        assert.deepEqual([stdout, status], ["", 1]);
        assert.equal(
            stderr,
            `leastwise: no Node 22.19 or newer found; this one is v20.11.0, also seen: ${bin}/node (v18.1.0).\n` +
                "Install again without --ignore-scripts so that the npm package 'node' can fetch its binary, " +
                "or put a newer Node on PATH.\n",
        );
    });

    it("passes SIGTERM on and waits for the end", async () => {
        const launcher = alonePackage();
        const pretend = join(folder, "pretend.cjs");
        writeFileSync(pretend, PRETEND_OLD);
        const child = spawn(process.execPath, ["--require", pretend, launcher, "wait"], {
            env: { PATH: nodeOnPath() },
            stdio: ["ignore", "pipe", "inherit"],
        });
        child.stdout.once("data", () => child.kill("SIGTERM"));
        const code = await new Promise(resolve => child.once("exit", resolve));
        assert.equal(code, 7);
    });

    it("ends by the signal that ended the command line", () => {
        const launcher = alonePackage();
        assert.equal(runOld(launcher, ["die"], nodeOnPath()).signal, "SIGKILL");
    });

    it("starts on the machine's own Node where that is an old one", function () {
        const folders = (process.env["PATH"] ?? "").split(delimiter);
        const nodes = folders.filter(name => !name.includes("node_modules")).map(name => join(name, "node"));
        const old = nodes.find(node => /^v(18|20)\./.test(spawnSync(node, ["--version"], { encoding: "utf8" }).stdout));
        if (old === undefined) return this.skip();
        const { stdout, stderr, status } = spawnSync(old, [LAUNCHER, "--version"], { encoding: "utf8" });
        assert.deepEqual([stdout, stderr, status], ["0.1.0\n", "", 0]);
    });
});
