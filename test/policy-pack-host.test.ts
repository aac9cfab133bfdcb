import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findRole } from "../access/roles.ts";
import { ACCESS_FILE } from "../policy-pack/access-file.ts";
import { READ_SDK } from "../policy-pack/sdk/reports.ts";
import { lazily } from "../policy-pack/lazily.ts";
import { LEAST_NODE, nodeFault } from "../policy-pack/node-version.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { PackHost, type Sent, type Told } from "./setup/pack-host.ts";
import { BuiltPack } from "./setup/pack-run.ts";

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const SDK = `@pulumi/policy ${(require("@pulumi/policy/package.json") as { version: string }).version}`;

type Change = readonly [file: string, found: string, changed: string];

const REPORTS: Change = ["server.js", 'if (typeof message === "object") {', "if (message.told) {"];
const VERSION: Change = ["version.js", `exports.version = "${READ_SDK}";`, 'exports.version = "1.99.0";'];

/** What policy-pack/sdk takes hold of, as this version of the SDK has it; what a newer one may do instead. */
const PLACES: readonly Change[] = [
    [
        "deserialize.js",
        "exports.deserializeProperties = deserializeProperties;",
        "exports.plain = deserializeProperties;",
    ],
    ["server.js", "deserialize_1.deserializeProperties(", "deserialize_1.plain("],
    REPORTS,
    VERSION,
    ["server.js", "policy_1.isResourcePolicy(p)", "p.validateResource"],
    ["server.js", "policy_1.isStackPolicy(p)", "p.validateStack"],
    ["server.js", "req.getPolicyconfigMap()", "Object.getPrototypeOf(req).getPolicyconfigMap.call(req)"],
];

const ASSIGNMENT = "azure-native:authorization:RoleAssignment";
const OWNER = {
    principalId: "11111111-0000-4000-8000-000000000001",
    roleAssignmentName: "22222222-0000-4000-8000-000000000002",
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${findRole("Owner").id}`,
    scope: "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa",
};
const IT = `urn:pulumi:dev::shop::${ASSIGNMENT}::it`;
const RULE = "azure-scope-too-wide";
const FIRST = RULES[0]?.name ?? "";
const MENDS = "azure-principal-type-missing";
/** A finding, by whichever half it is told: that of a resource leaves its URN out. */
const lineOf = ({ rule, level, urn, message }: Told): string => [rule, level, urn === "" ? IT : urn, message].join(" ");
const mandatory = (settings: Sent["settings"] = {}): Sent => ({ level: "mandatory", settings });

describe("the places of the policy SDK that the pack takes hold of", function () {
    this.timeout(60_000);
    const pack = new BuiltPack();
    const [changed, newer] = [1, 2].map(() => mkdtempSync(join(tmpdir(), "leastwise-changed-sdk-"))) as [
        string,
        string,
    ];
    const hosts: PackHost[] = [];

    const start = async (folder = pack.folder, env: Readonly<Record<string, string>> = {}): Promise<PackHost> => {
        const host = await PackHost.start(folder, env);
        hosts.push(host);
        return host;
    };

    /** The pack beside an SDK in which some places are others. */
    const besideChanged = (folder: string, places: readonly Change[]): void => {
        cpSync(pack.folder, folder, { recursive: true, filter: path => !path.endsWith("node_modules") });
        const modules = join(folder, "node_modules");
        mkdirSync(join(modules, "@pulumi"), { recursive: true });
        mkdirSync(join(modules, "@grpc"));
        for (const name of ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"])
            symlinkSync(folderOf(name), join(modules, name));
        const sdk = join(modules, "@pulumi", "policy");
        cpSync(folderOf("@pulumi/policy"), sdk, { recursive: true });
        for (const [file, found, instead] of places) {
            const text = readFileSync(join(sdk, file), "utf8");
            writeFileSync(join(sdk, file), text.replaceAll(found, instead));
        }
    };

    before(async () => {
        await pack.build();
        besideChanged(changed, PLACES);
        besideChanged(newer, [REPORTS, VERSION]);
    });
    afterEach(() => hosts.splice(0).forEach(host => host.close()));
    after(() => {
        pack.close();
        for (const folder of [changed, newer]) rmSync(folder, { recursive: true });
    });

    for (const [file, found] of PLACES)
        it(`are there: ${file} has '${found}'`, () => {
            const text = readFileSync(join(folderOf("@pulumi/policy"), file), "utf8");
            assert.ok(
                text.includes(found),
                `${SDK} has no '${found}' in ${file}: mend policy-pack/sdk for it, then this list`,
            );
        });

    it("are those of the version that the pack's package.json names", () => {
        const { dependencies } = JSON.parse(readFileSync(join(pack.folder, "package.json"), "utf8")) as {
            dependencies: Readonly<Record<string, string>>;
        };
        assert.equal(dependencies["@pulumi/policy"], READ_SDK);
    });

    it("show the pack its whole configuration, rules that do not exist included, without a trace of the pack's code", async () => {
        const host = await start();
        await assert.rejects(
            host.configure({ "azure-scope-to-wide": mandatory(), [RULE]: mandatory({ celing: "x" }) }),
            ({ details }: { details: string }) => {
                assert.deepEqual(
                    details.split("\n"),
                    [
                        "the policy pack is configured wrongly:",
                        "unknown rule 'azure-scope-to-wide'; did you mean 'azure-scope-too-wide'?",
                        "azure-scope-too-wide: unknown setting 'celing'; did you mean 'ceiling'?",
                    ],
                    `${SDK} no longer asks a request for its configuration where policy-pack/sdk takes hold of it`,
                );
                return true;
            },
        );
    });

    it("leave remediation the properties that it needs", async () => {
        const host = await start();
        await host.configure({ [MENDS]: { level: "remediate", settings: { identities: [OWNER.principalId] } } });
        assert.deepEqual(await host.remediate(ASSIGNMENT, OWNER), [{ ...OWNER, principalType: "ServicePrincipal" }]);
    });

    it("leave requests unread while no rule mends, and read them again once one does", async () => {
        const host = await start();
        await host.configure({ [MENDS]: mandatory({ identities: [OWNER.principalId] }) });
        for (let asked = 0; asked < 2; asked++) assert.deepEqual(await host.remediate(ASSIGNMENT, OWNER), []);
        const found = await host.analyze(ASSIGNMENT, OWNER);
        assert.ok(found.some(({ rule }) => rule === MENDS));
        await host.configure({ [MENDS]: { level: "remediate", settings: { identities: [OWNER.principalId] } } });
        const other = { ...OWNER, roleAssignmentName: "33333333-0000-4000-8000-000000000003" };
        assert.deepEqual(await host.remediate(ASSIGNMENT, other), [{ ...other, principalType: "ServicePrincipal" }]);
    });

    it("are not needed to judge: where they are gone, each policy finds by itself what one finds for all", async () => {
        const config: Readonly<Record<string, Sent>> = {
            [RULE]: { level: "advisory" },
            [MENDS]: { level: "remediate" },
            [FIRST]: { level: "disabled" },
        };
        const [usual, without, other] = [await start(), await start(changed), await start(newer)];
        for (const host of [usual, without, other]) await host.configure(config);
        const expected = {
            analyze: [`${MENDS} mandatory`, "azure-role-privileged mandatory"],
            analyzeStack: [`${RULE} advisory`],
        };
        const [byAll, byEach]: [Told[], Told[]] = [[], []];
        for (const ask of ["analyze", "analyzeStack"] as const) {
            const found = await usual[ask](ASSIGNMENT, OWNER);
            const levels = found.map(({ rule, level }) => `${rule} ${level}`);
            for (const each of expected[ask]) assert.ok(levels.includes(each), levels.join());
            assert.ok(ask === "analyzeStack" || found.every(({ level }) => level === "mandatory"), ask);
            assert.ok(!found.some(({ rule }) => rule === FIRST), ask);
            assert.deepEqual(await other[ask](ASSIGNMENT, OWNER), found, ask);
            byAll.push(...found);
            byEach.push(...(await without[ask](ASSIGNMENT, OWNER)));
        }
        assert.deepEqual(byEach.map(lineOf).sort(), byAll.map(lineOf).sort());
        assert.deepEqual([await usual.end(), await other.end()], ["", ""]);
        assert.match(
            await without.end(),
            /^leastwise: this version of @pulumi\/policy does not show the pack .*go unseen\n$/,
        );
    });

    it("declare each policy as one of stacks, which has no verdict before the stack has one", async () => {
        const types = await (await start()).types();
        assert.deepEqual([...new Set(types)], ["policy_type_stack"]);
        assert.equal(types.length, RULES.length);
    });

    it("let a preview leave all to the stack half, which tells what an update is stopped for and the rest", async () => {
        const config: Readonly<Record<string, Sent>> = {
            [RULE]: { level: "advisory" },
            [FIRST]: { level: "disabled" },
        };
        const told = async (host: PackHost, preview: boolean | undefined) => {
            if (preview !== undefined) await host.begin(preview);
            await host.configure(config);
            const ofResource = await host.analyze(ASSIGNMENT, OWNER);
            const ofStack = await host.analyzeStack(ASSIGNMENT, OWNER);
            return { ofResource, ofStack };
        };
        const [unsaid, update, preview, byThemselves] = [
            await told(await start(), undefined),
            await told(await start(), false),
            await told(await start(), true),
            await told(await start(newer), true),
        ];
        assert.deepEqual(unsaid, update);
        assert.ok(update.ofResource.some(({ rule }) => rule === MENDS));
        assert.ok(update.ofStack.some(({ rule, level }) => rule === RULE && level === "advisory"));
        assert.deepEqual(preview.ofResource, []);
        const whole = [...update.ofResource, ...update.ofStack].map(lineOf).sort();
        assert.deepEqual(preview.ofStack.map(lineOf).sort(), whole);
        assert.deepEqual(byThemselves, preview);
    });

    it("are not needed to mend", async () => {
        const host = await start(changed);
        await host.configure({ [MENDS]: { level: "remediate", settings: { identities: [OWNER.principalId] } } });
        assert.deepEqual(await host.remediate(ASSIGNMENT, OWNER), [{ ...OWNER, principalType: "ServicePrincipal" }]);
    });

    it("are not needed to refuse wrong settings of a rule, at any level, before the rule judges", async () => {
        const host = await start(changed);
        await host.configure({ [RULE]: { level: "advisory", settings: { celing: "subscription" } } });
        await assert.rejects(host.analyze(ASSIGNMENT, OWNER), ({ details }: { details: string }) => {
            assert.match(details, /azure-scope-too-wide: unknown setting 'celing'; did you mean 'ceiling'\?/);
            return true;
        });
    });

    it("are needed to write down what was found: without them that is refused, with what to do", async () => {
        const host = await start(changed, { [ACCESS_FILE]: join(changed, "access.json") });
        await host.configure({ [RULE]: mandatory() });
        await assert.rejects(
            host.analyze(ASSIGNMENT, OWNER),
            /LEASTWISE_ACCESS_FILE is set, but this version of @pulumi\/policy .*; expected the version that its package\.json/,
        );
    });
});

describe("an object that is made lazily", () => {
    const counting = (): { object: Record<string, unknown>; made: () => number } => {
        let made = 0;
        const object = lazily((): Record<string, unknown> => {
            made += 1;
            return { a: 1 };
        });
        return { object, made: () => made };
    };

    it("is not made while it is only handed on", () => {
        const { object, made } = counting();
        assert.ok(object instanceof Object && typeof object === "object");
        assert.equal(made(), 0);
    });

    it("is made once, and is then what it was made", () => {
        const { object, made } = counting();
        object["b"] = 2;
        delete object["a"];
        assert.deepEqual([{ ...object }, Object.keys(object), "b" in object], [{ b: 2 }, ["b"], true]);
        assert.equal(made(), 1);
    });
});

describe("the version of Node that the pack runs on", () => {
    it("is the least that its package.json names, and that its SDK wants", () => {
        const least = (file: string): string =>
            (JSON.parse(readFileSync(file, "utf8")) as { engines: { node: string } }).engines.node;
        assert.equal(least(new URL("../policy-pack/package.json", import.meta.url).pathname), `>=${LEAST_NODE}`);
        assert.equal(least(join(folderOf("@pulumi/pulumi"), "package.json")), `>=${LEAST_NODE}`);
    });

    it("is said where it is older, with what was found and what was expected", () => {
        assert.deepEqual(["v22.0.0", "v24.21.0", "v100.0.0"].map(nodeFault), [undefined, undefined, undefined]);
        assert.equal(
            nodeFault("v20.20.2"),
            "the policy pack runs on Node 22 or newer; the first 'node' on PATH is v20.20.2",
        );
    });
});
