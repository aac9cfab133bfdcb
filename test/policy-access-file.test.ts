import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyPackConfig } from "@pulumi/policy";
import type { Finding } from "../access/finding.ts";
import { type AccessFile, writeAccessFile } from "../policy-pack/access-file.ts";
import { PlainResource } from "../policy-pack/adapter/resource.ts";
import { accessOf, judgeResources } from "../policy-pack/judge-resources.ts";
import { readAccessFile } from "../policy-pack/read-access-file.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    NOW,
    packFindings,
    SUBSCRIPTION_SCOPE,
    stackResource,
    UNKNOWN,
    urnOf,
} from "./policy-support.ts";

const WIDE: Declared = {
    type: AZURE_ROLE_ASSIGNMENT,
    name: "wide",
    props: {
        scope: SUBSCRIPTION_SCOPE,
        roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
        principalId: "11111111-0000-4000-8000-000000000001",
        principalType: "ServicePrincipal",
        secret: "do-not-tell",
    },
};
const MESSAGE = `role 'Reader' is assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`;
const EXCEPTION = { urn: urnOf(WIDE), finding: MESSAGE, reason: "for now", owner: "team", expires: "2026-03-20" };
const configWith = (exceptions: readonly object[]) => ({ "azure-scope-too-wide": { exceptions } });

const folder = (): string => mkdtempSync(join(tmpdir(), "leastwise-access-"));
const plain = (declared: Declared): PlainResource => new PlainResource(stackResource(declared));
const of = (findings: readonly Finding[], rule: string): readonly Finding[] =>
    findings.filter(each => each.rule === rule);
const thrown = (content: string): string => {
    const path = join(folder(), "access.json");
    writeFileSync(path, content);
    try {
        readAccessFile(path);
    } catch (error) {
        return (error as Error).message.replace(path, "FILE");
    }
    return "";
};

describe("the access file", () => {
    const file = (config = {}): AccessFile => accessOf([plain(WIDE)], config, NOW);

    it("tells of a finding all that a report needs", () => {
        assert.deepEqual(of(file().findings, "azure-scope-too-wide"), [
            {
                rule: "azure-scope-too-wide",
                urn: urnOf(WIDE),
                message: MESSAGE,
                severity: "high",
                mandatory: true,
                remediation: "Assign the role on the resource or resource group that is worked on, once for each.",
                url: "https://unpkg.com/leastwise/docs/rules/azure-scope-too-wide.md",
            },
        ]);
    });

    it("says by whom a finding is accepted, and that it stops nothing", () => {
        const { findings, exceptions } = file(configWith([EXCEPTION]));
        const [found] = of(findings, "azure-scope-too-wide");
        assert.deepEqual(
            [found?.mandatory, found?.accepted],
            [false, { reason: "for now", owner: "team", expires: "2026-03-20" }],
        );
        const use = { rule: "azure-scope-too-wide", ...EXCEPTION };
        assert.deepEqual(exceptions, { used: [use], unused: [], expired: [], expiring: [use] });
    });

    it("lists exceptions that are for nothing, and those that have ended", () => {
        const idle = { ...EXCEPTION, finding: "something else", expires: "2026-05-05" };
        const ended = { ...EXCEPTION, expires: "2026-03-03" };
        const { exceptions } = file(configWith([idle, ended]));
        const rule = "azure-scope-too-wide";
        assert.deepEqual(exceptions, {
            used: [],
            unused: [{ rule, ...idle }],
            expired: [{ rule, ...ended }],
            expiring: [],
        });
    });

    it("is read as it was written, with a scope that is a resource or its managed resource group", () => {
        const cluster: Declared = { type: "azure-native:containerservice:ManagedCluster", name: "cluster", props: {} };
        const grant = { ...WIDE, props: { ...WIDE.props, scope: UNKNOWN }, links: { scope: [cluster] } };
        const written = accessOf([plain(cluster), plain(grant)], {}, NOW);
        const path = join(folder(), "access.json");
        writeAccessFile(path, written);
        assert.deepEqual(readAccessFile(path), written);
    });

    it("is read as it was written, whole, by its owner alone", () => {
        const path = join(folder(), "access.json");
        writeAccessFile(path, file(configWith([EXCEPTION])));
        assert.deepEqual(readAccessFile(path), file(configWith([EXCEPTION])));
        assert.equal(statSync(path).mode & 0o777, 0o600);
        assert.deepEqual(readdirSync(join(path, "..")), ["access.json"]);
    });

    it("holds nothing of a resource but its rights", () => {
        assert.ok(!JSON.stringify(file()).includes("do-not-tell"));
    });

    it("is refused where it is not what the pack writes, with the place", () => {
        assert.match(thrown("{"), /^FILE is no JSON: /);
        assert.match(thrown(JSON.stringify({ ...file(), version: 2 })), /^FILE: version: .*1/);
        const [first] = file().findings;
        const wrong = { ...file(), findings: [{ ...first, severity: "huge" }] };
        assert.match(thrown(JSON.stringify(wrong)), /^FILE: findings\.0\.severity: /);
    });

    it("is written by the stack half of the last rule that runs, and by no other", () => {
        const path = join(folder(), "access.json");
        const reported = packFindings([WIDE], { accessFile: path, levels: { "stored-credential": "disabled" } });
        assert.deepEqual(
            readAccessFile(path)
                .findings.map(({ rule, message }) => `${rule}: ${message}`)
                .sort(),
            reported.map(({ rule, message }) => `${rule}: ${message}`).sort(),
        );
        assert.ok(reported.length > 0);
    });
});

describe("a rule's level", () => {
    it("is its own, else that of all, else mandatory; a disabled rule finds nothing", () => {
        const levels = (config: PolicyPackConfig) =>
            of(judgeResources([plain(WIDE)], config, NOW), "azure-scope-too-wide").map(({ mandatory }) => mandatory);
        assert.deepEqual(levels({}), [true]);
        assert.deepEqual(levels({ all: "advisory" }), [false]);
        assert.deepEqual(levels({ all: "advisory", "azure-scope-too-wide": "mandatory" }), [true]);
        assert.deepEqual(levels({ all: { enforcementLevel: "disabled" } }), []);
    });
});
