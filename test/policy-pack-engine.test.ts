import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as authorization from "@pulumi/azure-native/authorization/index.js";
import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Finding } from "../access/finding.ts";
import { findRole } from "../access/roles.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { ACCESS_FILE } from "../policy-pack/access-file.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { accessOf } from "../policy-pack/judge-resources.ts";
import { readAccessFile } from "../policy-pack/read-access-file.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { breaking, compliant } from "./policy-programs.ts";
import { BuiltPack, type Ran, runWithPack } from "./setup/pack-run.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

/** What is wrong with a configuration, and what the engine is told. */
const BROKEN_CONFIGS: readonly (readonly [fact: string, config: unknown, said: RegExp])[] = [
    [
        "names a rule that does not exist",
        { "azure-scope-to-wide": "advisory" },
        /unknown rule 'azure-scope-to-wide'; did you mean 'azure-scope-too-wide'\?/,
    ],
    [
        "names a rule that does not exist and gives it no level, which the engine refuses in words of its own",
        { "azure-scope-to-wide": { ceiling: "subscription" } },
        /configuring policy pack "leastwise" at .*: invalid enforcement level ""/,
    ],
    [
        "has settings for all rules, which the engine refuses in the same words",
        { all: { ceiling: "subscription" } },
        /configuring policy pack "leastwise" at .*: invalid enforcement level ""/,
    ],
    [
        "names an option that the rule does not have",
        { "azure-scope-too-wide": { celing: "subscription" } },
        /azure-scope-too-wide: unknown setting 'celing'; did you mean 'ceiling'\?/,
    ],
    [
        "gives an option a value of another type",
        { "azure-scope-too-wide": { allowed: "everything" } },
        /azure-scope-too-wide: allowed: Invalid type\. Expected: array, given: string/,
    ],
    [
        "gives an option a value that it cannot have",
        { "azure-scope-too-wide": { ceiling: "planet" } },
        /azure-scope-too-wide: ceiling: ceiling must be one of/,
    ],
    [
        "has an exception that ends on no day",
        {
            "azure-scope-too-wide": {
                exceptions: [{ urn: "u", finding: "f", reason: "r", owner: "o", expires: "2027-02-30" }],
            },
        },
        /azure-scope-too-wide\.exceptions\[0\]\.expires: is '2027-02-30'; expected a day as 2027-06-30/,
    ],
    [
        "has an exception without an owner",
        { "azure-scope-too-wide": { exceptions: [{ urn: "u", finding: "f", reason: "r", expires: "2027-02-20" }] } },
        /azure-scope-too-wide: exceptions\.0: owner is required/,
    ],
    [
        "names a permission that does not exist",
        { "graph-control-plane-permission": { allowed: ["Application.ReadWrite.Al"] } },
        /graph-control-plane-permission: unknown permission 'Application\.ReadWrite\.Al'/,
    ],
    [
        "gives a level that does not exist",
        { "azure-scope-too-wide": "mandatry" },
        /"mandatry" is not a valid enforcement level/,
    ],
];

/** Events of the engine that the SDK does not declare. */
const SUMMARIES = [
    "policyAnalyzeSummaryEvent",
    "policyRemediateSummaryEvent",
    "policyAnalyzeStackSummaryEvent",
] as const;

interface Summary {
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

const line = ({ rule, urn, message }: Finding): string => `${rule} ${urn} ${message}`;
const lines = (findings: readonly Finding[]): string[] => findings.map(line).sort();

describe("the policy pack as a whole, on the engine", function () {
    this.timeout(180_000);
    const pack = new BuiltPack();
    let folder: string;
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await pack.build();
        folder = mkdtempSync(join(tmpdir(), "leastwise-pack-engine-"));
        session = await openSandbox({});
        const providers = session.env["PULUMI_DEBUG_PROVIDERS"] ?? "";
        const accessFile = { [ACCESS_FILE]: join(folder, "access.json") };
        stack = await openProviderStack(providers, { "azure-native:location": "westeurope" }, accessFile);
    });
    after(async () => {
        stack.close();
        await session.close();
        pack.close();
        rmSync(folder, { recursive: true });
    });

    const configured = (config: unknown): string => {
        const file = join(folder, "config.json");
        writeFileSync(file, JSON.stringify(config));
        return file;
    };
    const preview = (program: PulumiFn, config?: unknown): Promise<Ran> => {
        stack.program = program;
        const more = config === undefined ? {} : { policyPackConfigs: [configured(config)] };
        return runWithPack(pack.folder, given => stack.stack.preview({ ...given, ...more }));
    };
    const nothing: PulumiFn = () => Promise.resolve();

    for (const [fact, config, said] of BROKEN_CONFIGS) {
        it(`stops before anything is judged where its configuration ${fact}`, async () => {
            const ran = await preview(nothing, config);
            assert.ok(ran.failed);
            assert.match(ran.said, said);
        });
    }

    it("writes down at the first preview what it has seen and found, the findings of both halves once each", async () => {
        const ran = await preview(breaking);
        const { findings, model } = readAccessFile(join(folder, "access.json"));
        const found = [...new Set(findings.filter(({ mandatory }) => mandatory).map(nameOf))].sort();
        assert.deepEqual(found, ran.stopped);
        assert.equal(new Set(findings.map(line)).size, findings.length);
        assert.ok(model.rights.length >= 5 && model.principals.length >= 1);
        assert.deepEqual(readdirSync(folder).sort(), ["access.json", "config.json"]);
    });

    it("has the engine say of a rule that the stack has failed it or passed it, and of no resource that it passed", async () => {
        stack.program = breaking;
        const summaries: Summary[] = [];
        const found = new Set<string>();
        const onEvent = (event: EngineEvent & Partial<Record<(typeof SUMMARIES)[number], Summary>>): void => {
            summaries.push(...SUMMARIES.flatMap(kind => event[kind] ?? []));
            if (event.policyEvent !== undefined) found.add(event.policyEvent.policyName);
        };
        await assert.rejects(stack.stack.preview({ policyPacks: [pack.folder], onEvent }));
        const [ofStack, ...others] = summaries.filter(({ passed, failed }) => passed ?? failed);
        assert.deepEqual(others, []);
        assert.ok(summaries.length > 5);
        assert.deepEqual(ofStack?.failed, [...found].sort());
        const names = RULES.map(({ name }) => name);
        assert.deepEqual(ofStack?.passed, names.filter(name => !found.has(name)).sort());
    });

    it("finds in an exported state without an engine what the engine finds in it", async () => {
        stack.program = compliant;
        await stack.stack.up();
        const file = await stack.stack.exportStack();
        const owner = JSON.stringify(file).replaceAll(findRole("Reader").id, findRole("Owner").id);
        await stack.stack.importStack(JSON.parse(owner) as never);
        const { code } = await stack.run("policy", "analyze", "--policy-pack", pack.folder);
        assert.notEqual(code, 0);
        const byEngine = readAccessFile(join(folder, "access.json"));
        const inProcess = accessOf(resourcesOfState(await stack.stack.exportStack()));
        assert.ok(byEngine.findings.some(({ rule }) => rule === "azure-role-privileged"));
        assert.deepEqual(lines(inProcess.findings), lines(byEngine.findings));
        assert.deepEqual(
            inProcess.model.rights.map(({ key }) => key),
            byEngine.model.rights.map(({ key }) => key),
        );
    });

    it("mends a missing principal type where it is asked to and certain, at the preview and in Azure", async () => {
        const principalId = "11111111-0000-4000-8000-000000000001";
        const program: PulumiFn = async () => {
            const { subscriptionId } = await authorization.getClientConfig();
            new authorization.RoleAssignment("untyped", {
                principalId,
                roleAssignmentName: "22222222-0000-4000-8000-000000000002",
                roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${findRole("Reader").id}`,
                scope: `/subscriptions/${subscriptionId}`,
            });
        };
        const rule = "azure-principal-type-missing";
        const config = (enforcementLevel: string) => ({
            all: "disabled",
            [rule]: { enforcementLevel, identities: [principalId] },
        });
        assert.deepEqual((await preview(program, config("mandatory"))).stopped, [`${rule} untyped`]);
        const mended = await preview(program, config("remediate"));
        assert.deepEqual([mended.said, mended.stopped], ["", []]);
        const file = configured(config("remediate"));
        await runWithPack(pack.folder, given => stack.stack.up({ ...given, policyPackConfigs: [file] }));
        const types = [...session.sandbox.cloud.roleAssignments.values()].map(each => JSON.stringify(each));
        assert.ok(
            types.some(each => each.includes(principalId) && /"principalType":"ServicePrincipal"/.test(each)),
            types.join(),
        );
    });
});

const nameOf = ({ rule, urn }: Finding): string => `${rule} ${urn.split("::").at(-1) ?? ""}`;
