import assert from "node:assert/strict";
import { execFileSync, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Review } from "../review/model.ts";
import { ensureEngine } from "../toolchain/engine.ts";
import { engineEnvironment } from "../toolchain/environment.ts";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));
const RUNBOOK = ["Connect-MgGraph -Identity", "Get-MgUser -All", ""].join("\n");

interface Workload {
    readonly account: string;
    readonly runbooks: readonly object[];
    readonly graph?: readonly unknown[];
    readonly identity?: unknown;
}

const NIGHTLY: Workload = { account: "aa-nightly", runbooks: [{ file: "runbooks/Get-Users.ps1" }] };

describe("leastwise review on the engine", function () {
    this.timeout(600_000);
    let folder: string;

    const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
    const read = (file: string): string => readFileSync(join(folder, file), "utf8");
    const declare = (workload: Workload): void =>
        write(
            "Pulumi.dev.yaml",
            stringify({
                config: {
                    "azure-native:location": "westeurope",
                    "leastwise:workloads": {
                        nightly: { owner: "team@contoso.example", reason: "Reports on users", ...workload },
                    },
                },
            }),
        );
    const leastwise = (...args: string[]): SpawnSyncReturns<string> =>
        spawnSync(process.execPath, [LAUNCHER, ...args], { cwd: folder, encoding: "utf8" });
    const review = (...args: string[]): { status: number | null; review: Review } => {
        const { status, stdout, stderr } = leastwise("review", "--json", "-", ...args);
        assert.ok(status === 0 || status === 3, stderr);
        return { status, review: JSON.parse(stdout) as Review };
    };
    /** What `pulumi stack export` would write, with its secrets encrypted. */
    const exported = async (): Promise<string> => {
        const engine = await ensureEngine();
        const env = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${join(folder, ".leastwise", "backend")}?metadata=skip`,
            PULUMI_CONFIG_PASSPHRASE_FILE: join(folder, ".leastwise", "passphrase"),
        };
        const cwd = join(folder, ".leastwise", "stacks", "dev");
        return execFileSync(engine.path, ["stack", "export", "--stack", "dev"], { cwd, env, encoding: "utf8" });
    };

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-review-"));
        mkdirSync(join(folder, "runbooks"));
        write("Pulumi.yaml", stringify({ name: "reports", runtime: "nodejs" }));
        write("runbooks/Get-Users.ps1", RUNBOOK);
    });
    after(() => rmSync(folder, { recursive: true }));

    it("says of a stack that is not deployed yet what it would give, and passes what is compliant", () => {
        declare(NIGHTLY);
        const { status, review: first } = review("--sandbox");
        assert.deepEqual(
            first.changes.map(({ change, right }) => [change, right.what, right.tier]),
            [["added", "User.ReadBasic.All", 2]],
        );
        assert.deepEqual([first.findings, first.counts.removed, status], [[], 0, 0]);
        assert.ok((first.other?.create ?? 0) > 0);
        assert.equal(first.offline, undefined);
    });

    it("says that nothing changes once it is deployed", () => {
        const up = leastwise("up", "--sandbox", "--yes");
        assert.equal(up.status, 0, up.stderr);
        const { status, review: again } = review("--sandbox");
        assert.deepEqual([again.changes, again.counts.unchanged, again.paths, status], [[], 1, [], 0]);
        assert.deepEqual(again.other, { create: 0, update: 0, replace: 0, delete: 0 });
    });

    it("shows a permission that is added and its danger, fails on it, and points at its line in code scanning", () => {
        declare({ ...NIGHTLY, graph: [{ permission: "Application.ReadWrite.All", reason: "convenient" }] });
        const { status, review: wider } = review("--sandbox", "--sarif", "review.sarif", "--html", "review.html");
        const added = wider.changes.find(({ right }) => right.what === "Application.ReadWrite.All");
        assert.deepEqual([added?.change, added?.right.tier, status], ["added", 0, 3]);
        const [identity] = wider.identities;
        assert.deepEqual([identity?.before.tier, identity?.after.tier], [2, 0]);
        assert.ok(
            wider.findings.some(({ rule, status: is }) => rule === "graph-control-plane-permission" && is === "new"),
        );
        const line =
            read("Pulumi.dev.yaml")
                .split("\n")
                .findIndex(text => text.includes("Application.ReadWrite.All")) + 1;
        const sarif = JSON.parse(read("review.sarif")) as {
            runs: [
                { results: { ruleId: string; locations: [{ physicalLocation: { region: { startLine: number } } }] }[] },
            ];
        };
        const result = sarif.runs[0].results.find(({ ruleId }) => ruleId === "graph-control-plane-permission");
        assert.equal(result?.locations[0].physicalLocation.region.startLine, line);
        assert.match(read("review.html"), /Application\.ReadWrite\.All/);
    });

    it("gives the same review offline from an exported state, which needs no key to its secrets", async () => {
        write("state.json", await exported());
        rmSync(join(folder, ".leastwise"), { recursive: true });
        const { status, review: offline } = review("--offline", "--state", "state.json");
        assert.deepEqual(
            offline.changes.map(({ change, right }) => [change, right.what]),
            [["added", "Application.ReadWrite.All"]],
        );
        assert.equal(status, 3);
        assert.match(offline.offline ?? "", /exported state/);
        assert.ok(!existsSync(join(folder, ".leastwise")), "nothing of it is kept in the project");
    });

    it("moves the grants to a new identity and says which one it takes the place of", () => {
        declare({ ...NIGHTLY, identity: "user-assigned" });
        const { review: moved } = review("--offline", "--state", "state.json");
        const identities = moved.identities.map(({ change }) => change).sort();
        assert.ok(identities.includes("added") && identities.includes("removed"), identities.join());
        assert.equal(moved.counts.removed + moved.counts.moved > 0, true);
    });

    it("reviews what the pack has written down of a program that it did not run", async () => {
        const engine = await ensureEngine();
        const pack = fileURLToPath(new URL("../policy-pack", import.meta.url));
        const env = {
            ...process.env,
            ...(await engineEnvironment(engine)),
            LEASTWISE_ACCESS_FILE: join(folder, "plan.json"),
        };
        const args = ["policy", "analyze", "--file", "state.json", "--policy-pack", pack];
        spawnSync(engine.path, args, { cwd: folder, env, encoding: "utf8" });
        const { review: same } = review("--plan", "plan.json", "--state", "state.json");
        assert.deepEqual([same.stack, same.changes, same.counts.unchanged, same.other], ["dev", [], 1, undefined]);
        assert.match(same.offline ?? "", /which identities are replaced is not seen/);
        const { review: all } = review("--plan", "plan.json");
        assert.deepEqual(
            all.changes.map(({ change, right }) => [change, right.what]),
            [["added", "User.ReadBasic.All"]],
        );
    });

    it("refuses a state of another stack, two reports in one place, and a state without --offline", () => {
        declare(NIGHTLY);
        write("other.json", read("state.json").replaceAll("urn:pulumi:dev::", "urn:pulumi:prod::"));
        const refused = (args: string[], expected: RegExp): void => {
            const { status, stderr } = leastwise("review", ...args);
            assert.equal(status, 1);
            assert.match(stderr, expected);
        };
        refused(
            ["--offline", "--state", "other.json"],
            /the state is of stack 'prod' of project 'reports'; expected one of stack 'dev'/,
        );
        refused(["--offline", "--html", "a", "--json", "a"], /--html and --json both go to 'a'/);
        refused(["--state", "state.json"], /--state is for a review with --offline or --plan/);
        refused(["--offline", "--state", "none.json"], /cannot read 'none\.json'/);
    });
});
