import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFacts } from "../scripts/facts-compile.ts";
import { compileFetched } from "../scripts/facts-fetch.ts";
import { FACT_SOURCES, describeSource } from "../scripts/facts-sources.ts";

const TABLES = [
    "app-roles.json",
    "azure-actions.json",
    "azure-rest.json",
    "azure-roles.json",
    "directory-roles.json",
    "graph-calls.json",
    "graph-cmdlets.json",
];
const GRAPH = "00000003-0000-0000-c000-000000000000";
const APP_ROLE = "11111111-1111-1111-1111-111111111111";
const OLD = "old\n";

/** Small raw tables, by the name the compiler expects. */
const RAW: Readonly<Record<string, unknown>> = {
    "graph-permissions.json": {
        permissions: {
            "Thing.Read.All": {
                authorizationType: "oAuth2",
                schemes: { Application: {} },
                pathSets: [{ schemeKeys: ["Application"], methods: ["GET"], paths: { "/things": "" } }],
            },
        },
    },
    "graph-provisioning.json": { permissionDeployments: {} },
    "app-role-tiers.json": [
        { AppId: GRAPH, AppRoleId: APP_ROLE, AppRoleDisplayName: "Thing.Read.All", EAMTierLevelTagValue: "1" },
    ],
    "azure-built-in-roles.json": [{ name: APP_ROLE, roleName: "Thing Reader", permissions: [] }],
    "azure-role-tiers.json": [],
    "entra-role-tiers.json": [],
    "azure-rest-actions.json": { GET: {} },
};

const addressOf = (file: string): string => {
    const source = FACT_SOURCES.find(each => each.file === file);
    assert.ok(source, file);
    return `/${source.repo}/${source.commit}/${source.path}`;
};

interface Answer {
    readonly status?: number;
    readonly body: string;
    /** Ends the connection after the body although more was announced. */
    readonly breaksOff?: boolean;
}

describe("npm run facts -- --fetch", () => {
    let out: string;
    let server: Server;
    let base: string;
    let asked: string[];
    let answers: Map<string, Answer>;

    beforeEach(async () => {
        out = mkdtempSync(join(tmpdir(), "leastwise-facts-"));
        for (const table of TABLES) writeFileSync(join(out, table), OLD);
        asked = [];
        answers = new Map(Object.entries(RAW).map(([file, raw]) => [addressOf(file), { body: JSON.stringify(raw) }]));
        server = createServer(({ url = "" }, response) => {
            asked.push(url);
            const { status = 200, body, breaksOff = false } = answers.get(url) ?? { status: 404, body: "not found" };
            response.writeHead(status, { "content-length": Buffer.byteLength(body) + (breaksOff ? 9 : 0) });
            if (breaksOff) response.write(body, () => response.destroy());
            else response.end(body);
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    });

    afterEach(() => {
        server.closeAllConnections();
        server.close();
        rmSync(out, { recursive: true });
    });

    const table = (name: string): string => readFileSync(join(out, name), "utf8");

    /** The lines of the error that fetching ends in; asserts that no table changed and nothing else was left. */
    const refused = async (): Promise<string[]> => {
        const error = await compileFetched(out, base).then(
            () => assert.fail("expected an error"),
            (reason: unknown) => reason as Error,
        );
        assert.deepEqual(readdirSync(out).sort(), TABLES);
        for (const name of TABLES) assert.equal(table(name), OLD, name);
        return error.message.split("\n");
    };

    it("downloads each raw table from its repository, commit and path, and compiles what it got", async () => {
        await compileFetched(out, base);
        assert.deepEqual(asked.sort(), Object.keys(RAW).map(addressOf).sort());
        assert.ok(
            asked.includes("/iann0036/iamlive/3ec1a40e560c2f00ec82c50223add810e2567efb/iamlivecore/azuremap.json"),
        );
        assert.deepEqual((JSON.parse(table("app-roles.json")) as { roles: unknown }).roles, {
            [GRAPH]: [["Thing.Read.All", APP_ROLE, 1, 0]],
        });
        assert.match(table("graph-calls.json"), /things/);
        assert.match(table("azure-roles.json"), /Thing Reader/);
        assert.deepEqual(readdirSync(out).sort(), TABLES);
    });

    it("leaves the cmdlet table, whose raw table has no public address, as it is", async () => {
        await compileFetched(out, base);
        assert.equal(table("graph-cmdlets.json"), OLD);
        for (const name of TABLES.filter(each => each !== "graph-cmdlets.json"))
            assert.notEqual(table(name), OLD, name);
    });

    it("gives one error for each source that fails, with address, status and what to do, and keeps the old tables", async () => {
        const [gone, limited, broken] = ["graph-permissions.json", "app-role-tiers.json", "azure-role-tiers.json"];
        answers.delete(addressOf(gone));
        answers.set(addressOf(limited), { status: 429, body: "slow down" });
        answers.set(addressOf(broken), { status: 503, body: "" });
        const lines = await refused();
        const byHand = "or put the raw files into a folder and run: npm run facts -- <folder>";
        assert.deepEqual(lines, [
            `${base}${addressOf(gone)} answered 404, expected 200; correct commit and path of '${gone}' in scripts/facts-sources.ts, ${byHand}`,
            `${base}${addressOf(limited)} answered 429, expected 200; the host limits downloads: try again in an hour, ${byHand}`,
            `${base}${addressOf(broken)} answered 503, expected 200; try again later, ${byHand}`,
        ]);
    });

    it("gives one error for a host that cannot be reached, not one for each source", async () => {
        server.close();
        server.closeAllConnections();
        await once(server, "close");
        const lines = await refused();
        assert.equal(lines.length, 1, lines.join("\n"));
        assert.match(lines[0] ?? "", /^cannot reach http:\/\/127\.0\.0\.1:\d+: ECONNREFUSED; check the connection/);
    });

    it("refuses an answer that is not JSON", async () => {
        answers.set(addressOf("azure-rest-actions.json"), { body: "<html>\n<p>sign in</p>" });
        const lines = await refused();
        assert.equal(lines.length, 1, lines.join("\n"));
        const start = `${base}${addressOf("azure-rest-actions.json")} answered without valid JSON (`;
        assert.ok(lines[0]?.startsWith(start), lines[0]);
    });

    it("refuses a download that broke off, even where what came is valid JSON", async () => {
        answers.set(addressOf("azure-role-tiers.json"), { body: "[]", breaksOff: true });
        const lines = await refused();
        assert.equal(lines.length, 1, lines.join("\n"));
        assert.ok(lines[0]?.startsWith(`${base}${addressOf("azure-role-tiers.json")} broke off: `), lines[0]);
    });

    it("refuses valid JSON of another shape after other tables were compiled", async () => {
        answers.set(addressOf("azure-built-in-roles.json"), { body: `[{"name":"a","roleName":"b"}]` });
        const lines = await refused();
        assert.match(lines.join("\n"), /^the raw tables cannot be compiled: /);
    });

    it("is the only way to do without a raw table: a folder that lacks one is refused with its name", () => {
        const folder = mkdtempSync(join(tmpdir(), "leastwise-raw-"));
        try {
            for (const [file, raw] of Object.entries(RAW)) writeFileSync(join(folder, file), JSON.stringify(raw));
            assert.throws(() => {
                compileFacts(folder, out);
            }, /cannot be compiled: .*graph-cmdlets\.csv/);
            for (const name of TABLES) assert.equal(table(name), OLD, name);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});

describe("npm run facts", () => {
    for (const given of [[], ["--fetsh"], ["--fetch", "folder"]])
        it(`refuses '${given.join(" ")}' with one line that says what it takes`, () => {
            const script = fileURLToPath(new URL("../scripts/facts.ts", import.meta.url));
            const { status, stderr } = spawnSync(process.execPath, [script, ...given], { encoding: "utf8" });
            assert.equal(status, 1);
            assert.match(stderr, /^npm run facts got '.*'; expected a folder of raw tables, or --fetch .*\n$/);
            assert.ok(stderr.includes(`got '${given.join(" ")}'`), stderr);
        });
});

describe("the table of sources", () => {
    const page = readFileSync(new URL("../access/facts/SOURCES.md", import.meta.url), "utf8");

    for (const source of FACT_SOURCES)
        it(`says of ${source.file} what SOURCES.md says, with the full commit`, () => {
            assert.match(source.commit, /^[0-9a-f]{40}$/);
            assert.ok(page.includes(`| ${source.file} | ${describeSource(source)} | ${source.licence} |`));
        });
});
