import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scanPaths } from "../cli/scan-run.ts";

const NAMES = [
    "path",
    "parseErrors",
    "calls",
    "cmdlets",
    "unresolved",
    "actions",
    "otherApis",
    "signIn",
    "permissions",
    "roles",
    "declared",
    "missing",
    "unneeded",
    "modules",
    "problems",
];

const REPORT = `<#
.PERMISSIONS
User.Read.All
#>
Connect-MgGraph -Identity
Invoke-MgGraphRequest -Uri "/beta/users/$id/manager"
Get-AzVM
Get-Mailbox
`;

describe("leastwise scan", () => {
    let folder = "";
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "scan-"));
        await mkdir(join(folder, "below"));
        await writeFile(join(folder, "report.ps1"), REPORT);
        await writeFile(join(folder, "below", "open.ps1"), "Invoke-MgGraphRequest -Uri $address\n");
        await writeFile(join(folder, "notes.txt"), "Get-MgUser");
    });
    after(async () => {
        await rm(folder, { recursive: true });
    });

    it("prints for programs exactly what the contract says", async () => {
        const path = join(folder, "report.ps1");
        const { text, complete } = await scanPaths([path], { json: true, wrapper: [] });
        const { runbooks } = JSON.parse(text) as { runbooks: Record<string, unknown>[] };
        const [only] = runbooks;
        assert.equal(runbooks.length, 1);
        assert.equal(complete, true);
        assert.deepEqual(Object.keys(only ?? {}), NAMES);
        assert.deepEqual(only, {
            path: path.replaceAll("\\", "/"),
            parseErrors: 0,
            calls: [
                { method: "GET", path: "/users/{id}/manager", version: "beta", line: 6, via: "Invoke-MgGraphRequest" },
            ],
            cmdlets: [
                { name: "Get-AzVM", line: 7 },
                { name: "Get-Mailbox", line: 8 },
            ],
            unresolved: [],
            actions: [{ action: "Microsoft.Compute/virtualMachines/read", line: 7, via: "Get-AzVM", derived: false }],
            otherApis: [{ api: "Office 365 Exchange Online", line: 8, via: "Get-Mailbox", retired: false }],
            signIn: [{ kind: "managed-identity", line: 5 }],
            permissions: ["User.Read.All"],
            roles: only?.["roles"],
            declared: ["User.Read.All"],
            missing: [],
            unneeded: [],
            modules: [
                { name: "Az.Accounts", why: "Get-AzVM at line 7" },
                { name: "Az.Compute", why: "Get-AzVM at line 7" },
                { name: "ExchangeOnlineManagement", why: "Get-Mailbox at line 8" },
                { name: "Microsoft.Graph.Authentication", why: "Invoke-MgGraphRequest at line 6" },
            ],
            problems: [],
        });
        assert.equal((only?.["roles"] as unknown[]).length, 1);
    });

    it("reads a folder and what is below it, in order, and is not complete when a request is not resolved", async () => {
        const { text, complete } = await scanPaths([folder], { json: true, wrapper: [] });
        const { runbooks } = JSON.parse(text) as { runbooks: { path: string; unresolved: { line: number }[] }[] };
        assert.deepEqual(
            runbooks.map(({ path }) => path.split("/").slice(-1)[0]),
            ["open.ps1", "report.ps1"],
        );
        assert.deepEqual(
            runbooks.map(({ unresolved }) => unresolved.map(({ line }) => line)),
            [[1], []],
        );
        assert.equal(complete, false);
    });

    it("tells people the calls with their lines, the permissions with their calls, and what is not resolved", async () => {
        const { text } = await scanPaths([folder], { wrapper: [] });
        for (const expected of [
            /^ +6 +GET \/beta\/users\/\{id\}\/manager +Invoke-MgGraphRequest$/m,
            /^ {4}User\.Read\.All: GET \/beta\/users\/\{id\}\/manager$/m,
            /agrees with the calls/,
            /line 1: the resource is decided at run time/,
        ])
            assert.match(text, expected);
    });

    it("follows the commands a team names as sending requests", async () => {
        const path = join(folder, "team.ps1");
        await writeFile(path, "Send-Acme -Where '/users' -How PATCH\n");
        const { text } = await scanPaths([path], { json: true, wrapper: ["Send-Acme:Where"] });
        const { runbooks } = JSON.parse(text) as { runbooks: { calls: { path: string }[] }[] };
        assert.deepEqual(
            runbooks[0]?.calls.map(call => call.path),
            ["/users"],
        );
    });

    it("says what is wrong with what it is given", async () => {
        const missing = join(folder, "none.ps1");
        await assert.rejects(
            scanPaths([missing], { wrapper: [] }),
            new Error(`cannot read '${missing}': there is no such file or folder`),
        );
        const empty = join(folder, "empty");
        await mkdir(empty);
        await assert.rejects(
            scanPaths([empty], { wrapper: [] }),
            new Error(`'${empty}' holds no runbook; expected files that end in '.ps1'`),
        );
        await assert.rejects(
            scanPaths([folder], { wrapper: ["what"] }),
            new Error("--wrapper 'what' names no command; expected one such as 'Invoke-TeamGraph:Endpoint'"),
        );
    });
});
