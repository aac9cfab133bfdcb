import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findRole } from "../access/roles.ts";
import type { Finding } from "../access/finding.ts";
import { mergeConfigs } from "../cli/check-config.ts";
import { byRisk, checkText } from "../cli/check-text.ts";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));
const SUBSCRIPTION = "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";
const STACK = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

const state = (role: string): string => {
    const inputs = {
        principalId: "11111111-0000-4000-8000-000000000001",
        principalType: "ServicePrincipal",
        roleAssignmentName: "22222222-0000-4000-8000-000000000002",
        roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`,
        scope: `${SUBSCRIPTION}/resourceGroups/rg-a`,
    };
    const urn = `urn:pulumi:prod::shop::${ROLE_ASSIGNMENT}::grant`;
    const resources = [
        { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
        { urn, type: ROLE_ASSIGNMENT, custom: true, id: "x", parent: STACK, inputs, outputs: inputs },
    ];
    return JSON.stringify({ version: 3, deployment: { resources } });
};

const PRIVILEGED = {
    rule: "azure-role-privileged",
    urn: `urn:pulumi:prod::shop::${ROLE_ASSIGNMENT}::grant`,
    message: "role 'Contributor' allows every action '*'",
};

let folder: string;

const run = (args: readonly string[], input = ""): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [LAUNCHER, "check", ...args], { cwd: folder, encoding: "utf8", input });
const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return name;
};
const config = (content: unknown): string => file("policy.json", JSON.stringify(content));

describe("cli: check of an exported state", function () {
    this.timeout(60_000);
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-check-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("ends with 0 and says so where nothing is found", () => {
        const { stdout, stderr, status } = run([
            "--state",
            file("state.json", state("Reader")),
            "--preset",
            "baseline",
        ]);
        assert.deepEqual([stdout, stderr, status], ["Nothing is wider than it needs to be.\n", "", 0]);
    });

    it("ends with 3 and names rule, resource, fault and remedy where something is", () => {
        const { stdout, status } = run(["--state", "-", "--preset", "baseline"], state("Contributor"));
        assert.equal(status, 3);
        for (const words of ["high, stops", "grant", "allows every action", "What to do", "azure-role-privileged.md"])
            assert.ok(stdout.includes(words), words);
    });

    it("gives programs the findings, riskiest first, and whether it failed", () => {
        const { stdout } = run(["--state", file("state.json", state("Contributor")), "--preset", "baseline", "--json"]);
        const read = JSON.parse(stdout) as { failed: boolean; failOn: string; findings: Finding[] };
        assert.deepEqual([read.failed, read.failOn], [true, "mandatory"]);
        assert.deepEqual(read.findings, [...read.findings].sort(byRisk));
        const found = read.findings.find(({ rule }) => rule === PRIVILEGED.rule);
        assert.deepEqual([found?.urn, found?.message, found?.mandatory], [PRIVILEGED.urn, PRIVILEGED.message, true]);
    });

    it("fails on what --fail-on names, and on no less", () => {
        const path = file("state.json", state("Contributor"));
        const status = (failOn: string) => run(["--state", path, "--preset", "audit", "--fail-on", failOn]).status;
        assert.deepEqual(["mandatory", "critical", "high", "low"].map(status), [0, 0, 3, 3]);
    });

    it("lets an exception stand, and tells how many there are", () => {
        const days = new Date(Date.now() + 10 * 24 * 3600 * 1000).toISOString().slice(0, 10);
        const exception = {
            urn: PRIVILEGED.urn,
            finding: PRIVILEGED.message,
            reason: "r",
            owner: "team-a",
            expires: days,
        };
        const given = config({ [PRIVILEGED.rule]: { exceptions: [exception] } });
        const args = ["--state", file("state.json", state("Contributor")), "--preset", "baseline", "--config", given];
        const { stdout, status } = run([...args, "--fail-on", "high"]);
        assert.equal(status, 0, stdout);
        assert.match(stdout, /1 (finding )?accepted/);
        assert.match(stdout, /Exceptions that end soon\n.*grant: role 'Contributor' .*by\s+team-a: r/s);
    });

    it("ends with 1 on a broken configuration, with its file, every fault and the nearest match", () => {
        const given = config({ "azure-role-priviliged": "advisory", "azure-scope-too-wide": { ceiling: "planet" } });
        const { stderr, status } = run(["--state", file("state.json", state("Reader")), "--config", given]);
        assert.equal(status, 1);
        assert.match(stderr, /^leastwise: policy\.json: the policy pack is configured wrongly:\n/);
        assert.match(stderr, /unknown rule 'azure-role-priviliged'; did you mean 'azure-role-privileged'\?\n/);
        assert.match(stderr, /azure-scope-too-wide\.ceiling: is 'planet'; expected one of /);
    });

    it("says of a rule that does not exist what is meant, also where the engine would only say that it has no level", () => {
        const given = config({ "azure-scope-to-wide": { ceiling: "subscription" } });
        const { stderr, status } = run(["--state", file("state.json", state("Reader")), "--config", given]);
        assert.equal(status, 1);
        assert.match(stderr, /unknown rule 'azure-scope-to-wide'; did you mean 'azure-scope-too-wide'\?\n$/);
    });

    it("ends with 1 where it would have to open environments, or cannot read which", () => {
        const told = (environments: unknown): string =>
            run(["--state", file("state.json", state("Reader")), "--config", config({ environments })]).stderr;
        assert.match(
            told(["azure/policies"]),
            /^leastwise: policy\.json: environments: are opened by the engine alone/,
        );
        assert.match(told("azure/policies"), /\nenvironments: is 'azure\/policies'; expected a list\n$/);
    });

    it("ends with 1 on a state that cannot be read, with its name and what is wrong", () => {
        const tries: readonly (readonly [string, RegExp])[] = [
            ["no-such.json", /cannot read 'no-such\.json': there is no such file/],
            [file("broken.json", "{"), /'broken\.json' is no JSON: /],
            [
                file("other.json", `{"deployment":{"resources":[{}]}}`),
                /'other\.json' cannot be judged: .*urn: got nothing/,
            ],
        ];
        for (const [path, expected] of tries) {
            const { stderr, status } = run(["--state", path]);
            assert.equal(status, 1, path);
            assert.match(stderr, expected);
        }
    });

    it("refuses a state together with a stack", () => {
        const { stderr, status } = run(["--state", "-", "--stack", "prod"]);
        assert.equal(status, 1);
        assert.match(stderr, /--state <file>' cannot be used with option/);
    });
});

describe("cli: check of a preview", function () {
    this.timeout(180_000);
    before(() => buildPolicyPack());
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-check-"));
        file("Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const workload = (permission: string): string => `config:
  azure-native:location: westeurope
  leastwise:workloads:
    night:
      group: rg-a
      reason: sends the nightly report
      identity: { userAssigned: { name: id-a } }
      graph: [${permission}]
`;

    it("judges what a stack would deploy, deploys nothing, and takes findings for no failure of the preview", () => {
        file("Pulumi.bad.yaml", workload("RoleManagement.ReadWrite.Directory"));
        const args = ["--sandbox", "--stack", "bad", "--preset", "baseline", "--json"];
        const { stdout, stderr, status } = run(args);
        assert.equal(status, 3, stderr);
        const { findings } = JSON.parse(stdout) as { findings: Finding[] };
        assert.equal(findings[0]?.rule, "graph-control-plane-permission");
        assert.match(stderr, /^Checked: stack 'bad'/m);
        assert.equal(run([...args, "--fail-on", "mandatory", "--preset", "audit"]).status, 0);
    });

    it("ends with 1 where the preview fails by itself, and says why", () => {
        file("Pulumi.wrong.yaml", workload("No.Such.Permission"));
        const { stderr, status } = run(["--sandbox", "--stack", "wrong"]);
        assert.equal(status, 1);
        assert.match(stderr, /No\.Such\.Permission/);
    });

    it("ends with 1 where nobody is signed in to a backend, in the engine's words alone", () => {
        file("Pulumi.prod.yaml", workload("User.Read.All"));
        const env = {
            ...process.env,
            PULUMI_HOME: join(folder, "home"),
            PULUMI_BACKEND_URL: "",
            PULUMI_ACCESS_TOKEN: "",
        };
        const { stderr, status } = spawnSync(process.execPath, [LAUNCHER, "check"], {
            cwd: folder,
            encoding: "utf8",
            env,
        });
        assert.equal(status, 1);
        assert.equal(
            stderr,
            "leastwise: Opening stack 'prod' failed: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n",
        );
    });
});

describe("cli: a preset with what differs from it", () => {
    const preset = { a: { enforcementLevel: "mandatory", ceiling: "subscription" }, b: "advisory" } as const;

    it("keeps of the preset what is not given", () => {
        assert.deepEqual(mergeConfigs(preset, { a: { ceiling: "resource" }, c: "disabled" }), {
            a: { enforcementLevel: "mandatory", ceiling: "resource" },
            b: { enforcementLevel: "advisory" },
            c: { enforcementLevel: "disabled" },
        });
    });

    it("leaves environments as they are", () => {
        const environments = ["azure/policies"] as never;
        assert.deepEqual(mergeConfigs({}, { environments, a: "advisory" }), {
            environments,
            a: { enforcementLevel: "advisory" },
        });
    });

    it("takes a level alone, and a level for all rules over the preset's own", () => {
        assert.deepEqual(mergeConfigs(preset, { all: "advisory", a: "mandatory" }), {
            a: { enforcementLevel: "mandatory", ceiling: "subscription" },
            b: { enforcementLevel: "advisory" },
            all: { enforcementLevel: "advisory" },
        });
    });
});

describe("cli: the text of a check", () => {
    const finding = (more: Partial<Finding>): Finding => ({
        rule: "r",
        urn: "urn:pulumi:prod::shop::t::name",
        message: "m",
        severity: "low",
        mandatory: false,
        remediation: "Do.",
        url: "https://x.example",
        ...more,
    });
    const none = { used: [], unused: [], expired: [], expiring: [] };

    it("puts what stops a deployment before what is graver and does not", () => {
        const stops = finding({ mandatory: true });
        const grave = finding({ severity: "critical" });
        const accepted = finding({
            severity: "critical",
            accepted: { reason: "r", owner: "o", expires: "2027-01-01" },
        });
        assert.deepEqual([accepted, grave, stops].sort(byRisk), [stops, grave, accepted]);
    });

    it("obeys nothing that a name or message says", () => {
        const hostile = finding({
            urn: "urn:pulumi:p::s::t::a\u001b[31mb\u202ec",
            message: "x\u001b]8;;http://evil\u0007\r\ny",
        });
        const text = checkText([hostile], none);
        for (const sign of ["\u001b", "\u202e", "\r", "\u0007"]) assert.ok(!text.includes(sign), JSON.stringify(sign));
        assert.match(text, /1 finding \(1 low\); none stops a deployment/);
    });

    it("shows an escalation path hop by hop", () => {
        const hop = {
            from: "a",
            to: "b",
            edge: "AZAutomationContributor",
            words: "can change the runbooks of 'aa'",
            by: [],
        };
        assert.match(
            checkText([finding({ path: [hop] })], none),
            /How name leads on\n {4}can change the runbooks of 'aa' \(AZAutomationContributor\)/,
        );
    });
});
