import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { once } from "node:events";
import {
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULES = join(ROOT, "node_modules");

let folder: string;
let tarball: string;

/** Installs the tarball into a folder whose other packages are links to those of the checkout. */
const install = (): void => {
    mkdirSync(join(folder, "node_modules"));
    for (const name of readdirSync(MODULES).filter(entry => !entry.startsWith("."))) {
        symlinkSync(join(MODULES, name), join(folder, "node_modules", name));
    }
    execFileSync("tar", ["xzf", tarball, "-C", folder]);
    renameSync(join(folder, "package"), join(folder, "node_modules", "leastwise"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a-user", private: true, type: "module" }));
};

/** Runs the installed command as a machine with an old Node does. */
const run = (...args: string[]): SpawnSyncReturns<string> => {
    const pretend = join(folder, "pretend.cjs");
    writeFileSync(pretend, `Object.defineProperty(process, "version", { value: "v20.11.0" });`);
    const launcher = join(folder, "node_modules", "leastwise", "bin", "leastwise.js");
    return spawnSync(process.execPath, ["--require", pretend, launcher, ...args], { cwd: folder, encoding: "utf8" });
};

describe("the package", function () {
    this.timeout(180_000);

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-package-"));
        const output = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
            cwd: ROOT,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "inherit"],
        });
        tarball = join(folder, basename(output.trim().split("\n").at(-1) ?? ""));
        install();
    });
    after(() => rmSync(folder, { recursive: true }));

    it("holds what runs and what it reads, and neither sources nor tests", () => {
        const files = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" }).trim().split("\n");
        const sources = files.filter(file => file.endsWith(".ts") && !file.endsWith(".d.ts"));
        assert.deepEqual(sources, []);
        const tops = [...new Set(files.map(file => file.split("/")[1]))].filter(top => top !== "README.md").sort();
        assert.deepEqual(tops, [
            "CHANGELOG.md",
            "LICENSE",
            "Pulumi.example.yaml",
            "Pulumi.yaml",
            "bin",
            "ci",
            "dist",
            "docs",
            "package.json",
            "policy-pack",
            "runbooks",
            "schema",
        ]);
        for (const file of [
            "dist/access/facts/app-roles.json",
            "dist/toolchain/engine/go.sum",
            "dist/cli/main.js",
            "policy-pack/dist/index.cjs",
        ]) {
            assert.equal(files.includes(`package/${file}`), true, file);
        }
    });

    it("explains a permission in an empty folder, on a machine with an old Node", () => {
        const { stdout, stderr, status } = run("explain", "User.Read.All");
        assert.deepEqual([stderr, status], ["", 0]);
        assert.match(stdout, /df021288-bdef-4463-88db-98f22de89214/);
    });

    it("finds its own example where the folder has no project", () => {
        const { stdout, status } = run("doctor");
        assert.match(stdout, /Project +leastwise in .*node_modules\/leastwise; stacks: example/);
        assert.equal(status, 0);
    });

    it("starts its policy pack in the host that the engine starts packs with", async () => {
        const host = join(MODULES, "@pulumi", "pulumi", "cmd", "run-policy-pack");
        const pack = join(folder, "node_modules", "leastwise", "policy-pack");
        const child = spawn(process.execPath, [host, "127.0.0.1:1", "."], { cwd: pack });
        try {
            const [said] = (await once(child.stdout, "data")) as [Buffer];
            assert.match(said.toString(), /^\d+\n$/);
        } finally {
            child.kill();
        }
    });

    it("judges an exported state without an engine", () => {
        const urn = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;
        const automation = "azure-native:automation:AutomationAccount";
        const runbook = "azure-native:automation:Runbook";
        const inputs = { runbookType: "PowerShell72", draft: {} };
        const resources = [
            { urn: urn(automation, "aa"), type: automation, inputs: {}, outputs: {} },
            { urn: urn(runbook, "old"), type: runbook, inputs, outputs: inputs },
        ];
        writeFileSync(join(folder, "state.json"), JSON.stringify({ deployment: { resources } }));
        const { stdout, stderr, status } = run("check", "--state", "state.json", "--json");
        assert.deepEqual([stderr, status], ["", 3]);
        const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
        for (const rule of ["automation-local-authentication", "automation-runtime-retired"])
            assert.ok(
                findings.some(each => each.rule === rule),
                rule,
            );
    });

    it("deploys its example into a sandbox in that folder, runbooks included, and takes it away", () => {
        const up = run("start");
        assert.equal(up.status, 0, up.stderr);
        assert.match(up.stderr, /^Deployed: \d+ created/m);
        assert.match(up.stdout, /'leastwise start --destroy' takes it all away/);
        const down = run("start", "--destroy");
        assert.equal(down.status, 0, down.stderr);
        assert.equal(readdirSync(folder).includes(".leastwise"), false);
    });

    it("exports the sandbox and its providers, with types, as docs/providers.md has them", () => {
        const [, documented = ""] =
            /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs/providers.md"), "utf8")) ?? [];
        const program = `${documented}
            console.log(providers.debugProviders.replace(/\\d+/g, "PORT"), new URL(sandbox.url).hostname);
            await providers.close();
            await sandbox.close();
        `;
        writeFileSync(join(folder, "sandbox.mts"), program);
        const tsc = join(MODULES, "typescript", "bin", "tsc");
        const options = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2024", "--types", "node"];
        const compiled = spawnSync(process.execPath, [tsc, ...options, "sandbox.mts"], {
            cwd: folder,
            encoding: "utf8",
        });
        assert.equal(compiled.stdout, "");
        const said = execFileSync(process.execPath, ["sandbox.mjs"], { cwd: folder, encoding: "utf8" });
        assert.equal(said, "azure-native:PORT,azuread:PORT localhost\n");
    });

    it("exports components and access, with types that compile in someone else's program", () => {
        const program = `
            import { findAppRole, MICROSOFT_GRAPH, type Grant } from "leastwise/access";
            import { ManagedIdentity } from "leastwise/components";
            import * as all from "leastwise";
            const id: string = findAppRole(MICROSOFT_GRAPH, "User.Read.All").id;
            const grants: readonly Grant[] = [];
            console.log(id, grants.length, all.ManagedIdentity === ManagedIdentity, typeof all.solveGraph);
        `;
        writeFileSync(join(folder, "program.mts"), program);
        const tsc = join(MODULES, "typescript", "bin", "tsc");
        const strict = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "--module", "nodenext"];
        const options = [...strict, "--target", "es2024", "--types", "node", "program.mts"];
        const compiled = spawnSync(process.execPath, [tsc, ...options], { cwd: folder, encoding: "utf8" });
        assert.equal(compiled.stdout, "");
        const said = execFileSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8" });
        assert.equal(said, "df021288-bdef-4463-88db-98f22de89214 0 true function\n");
    });
});
