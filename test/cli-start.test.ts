import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LAUNCHER = join(ROOT, "bin", "leastwise.js");
const DEAD_PID = 4_194_303;

let folder: string;
let home: string;

const start = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [LAUNCHER, "start", ...args], {
        cwd: folder,
        encoding: "utf8",
        env: {
            ...process.env,
            PULUMI_HOME: home,
            PULUMI_ACCESS_TOKEN: "not to be used",
            ARM_CLIENT_ID: "the real cloud's",
        },
    });

/** The first three columns of the table, a row each; a row's further lines are joined. */
const table = (output: string): string[] =>
    output
        .split(/^├.*$/m)
        .slice(1)
        .map(row => {
            const lines = row.split("\n").filter(line => line.startsWith("│"));
            const cells = lines.map(line => line.split("│").map(cell => cell.trim()));
            return [1, 2, 3]
                .map(i =>
                    cells
                        .map(line => line[i])
                        .join(" ")
                        .trim(),
                )
                .join(" | ");
        });

const filesBelow = (path: string): string[] =>
    readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name));

describe("cli: npm start", function () {
    this.timeout(240_000);

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-start-"));
        home = mkdtempSync(join(tmpdir(), "leastwise-home-"));
        for (const name of ["Pulumi.yaml", "Pulumi.example.yaml", "runbooks"]) {
            cpSync(join(ROOT, name), join(folder, name), { recursive: true });
        }
    });
    after(() => [folder, home].forEach(path => rmSync(path, { recursive: true })));

    it("previews the example without deploying it", () => {
        const { stdout, stderr, status } = start("--preview");
        assert.equal(status, 0, stderr);
        assert.match(stderr, /^Previewed: \d+ to be created/m);
        assert.match(stdout, /^\+ AppRoleAssignment mailer-Microsoft-Graph-Mail\.Send$/m);
    });

    it("deploys the example and says who may do what, on what", () => {
        const { stdout, stderr, status } = start();
        assert.equal(status, 0, stderr);
        assert.match(stderr, /^Deployed: \d+ created/m);
        const rows = table(stdout);
        assert.equal(rows.includes("mailer | Mail.Send | Microsoft Graph"), true, stdout);
        assert.equal(
            rows.some(row => /^nightly \| .* \| group rg-lab$/.test(row)),
            true,
            stdout,
        );
        assert.equal(
            rows.some(row => /^release \| Website Contributor \| app func-contoso-mailer/.test(row)),
            true,
            stdout,
        );
    });

    it("says that nothing changes when it is run again, even after a run whose engine died holding its lock", () => {
        const locks = join(folder, ".leastwise", "backend", ".pulumi", "locks", "organization", "leastwise", "example");
        mkdirSync(locks, { recursive: true });
        const owner = { pid: DEAD_PID, username: "x", hostname: hostname(), timestamp: new Date().toISOString() };
        writeFileSync(join(locks, "0b8e5d1f.json"), JSON.stringify(owner));
        const { stdout, stderr, status } = start();
        assert.equal(status, 0, stderr);
        assert.match(stderr, /^Deployed: no changes: \d+ resources as declared/m);
        assert.equal(table(stdout).length >= 4, true, stdout);
    });

    it("keeps its passphrase and keys readable for their owner alone, and says none of them", () => {
        const local = join(folder, ".leastwise");
        for (const name of ["passphrase", "ca.key", "sandbox.json"]) {
            assert.equal(statSync(join(local, name)).mode & 0o077, 0, name);
        }
        const passphrase = readFileSync(join(local, "passphrase"), "utf8");
        const telling = filesBelow(local).filter(file => readFileSync(file, "utf8").includes(passphrase));
        assert.deepEqual(telling, [join(local, "passphrase")]);
    });

    it("touches nothing of the user's own Pulumi", () => {
        assert.deepEqual(readdirSync(home), []);
    });

    it("leaves the project's own files as they were", () => {
        for (const name of ["Pulumi.yaml", "Pulumi.example.yaml"]) {
            assert.equal(readFileSync(join(folder, name), "utf8"), readFileSync(join(ROOT, name), "utf8"));
        }
    });

    it("leaves nothing behind with --destroy", () => {
        const { stdout, stderr, status } = start("--destroy");
        assert.equal(status, 0, stderr);
        assert.match(stderr, /^Destroyed: \d+ deleted/m);
        assert.equal(stdout, "Nothing is left: the stack 'example' is gone, and so are the sandbox and its state.\n");
        assert.deepEqual(readdirSync(folder).sort(), ["Pulumi.example.yaml", "Pulumi.yaml", "runbooks"]);
    });
});
