import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { Grant } from "../access/grant.ts";
import { diffManifests } from "../access/manifest-diff.ts";
import { findRole } from "../access/roles.ts";

const LAUNCHER = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));
const GRAPH = "00000003-0000-0000-c000-000000000000";
const SUBSCRIPTION = "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";

const api = (identity: string, permission: string, more: Partial<Grant> = {}): Grant =>
    ({
        kind: "api",
        identity,
        tier: 1,
        appId: GRAPH,
        apiName: "Microsoft Graph",
        permission,
        appRoleId: permission,
        ...more,
    }) as Grant;

const azure = (identity: string, role: string, group: string, more: Partial<Grant> = {}): Grant =>
    ({
        kind: "azure",
        identity,
        tier: 1,
        role,
        roleDefinitionGuid: findRole(role).id,
        scope: `${SUBSCRIPTION}/resourceGroups/${group}`,
        ...more,
    }) as Grant;

const anyGrant = fc.oneof(
    fc
        .record({
            identity: fc.constantFrom("a", "b", "A"),
            permission: fc.constantFrom("User.Read.All", "Mail.Send", "user.read.all"),
            reason: fc.constantFrom(undefined, "why", "because"),
        })
        .map(({ identity, permission, reason }) => api(identity, permission, reason === undefined ? {} : { reason })),
    fc
        .record({
            identity: fc.constantFrom("a", "b"),
            role: fc.constantFrom("Reader", "Contributor", "Website Contributor"),
            group: fc.constantFrom("rg-1", "rg-2", "RG-1"),
            tier: fc.constantFrom(0, 1, 2),
        })
        .map(({ identity, role, group, tier }) => azure(identity, role, group, { tier } as Partial<Grant>)),
);

describe("the difference of two grant manifests", () => {
    it("is none between a manifest and itself, in any order", () => {
        fc.assert(
            fc.property(
                fc.uniqueArray(anyGrant, { selector: each => JSON.stringify(each).toLowerCase(), maxLength: 12 }),
                fc.func(fc.integer()),
                (grants, weigh) => {
                    const shuffled = [...grants].sort((x, y) => weigh(x) - weigh(y));
                    const { added, removed, changed, same } = diffManifests(grants, shuffled);
                    const unlike = changed.filter(
                        ({ fields }) => !fields.every(field => field === "reason" || field === "danger"),
                    );
                    assert.deepEqual([added, removed, unlike, same + changed.length], [[], [], [], grants.length]);
                },
            ),
        );
    });

    it("loses no grant and invents none", () => {
        fc.assert(
            fc.property(fc.array(anyGrant, { maxLength: 12 }), fc.array(anyGrant, { maxLength: 12 }), (a, b) => {
                const { added, removed, changed, same } = diffManifests(a, b);
                assert.equal(removed.length + changed.length + same, a.length);
                assert.equal(added.length + changed.length + same, b.length);
                for (const { before, after, fields } of changed) {
                    assert.ok(a.includes(before) && b.includes(after));
                    assert.ok(fields.length > 0);
                }
            }),
        );
    });

    it("tells a scope, a role, a reason and an owner that differ from a grant that is not there", () => {
        const before = [
            api("x", "Mail.Send", { reason: "old" }),
            azure("x", "Reader", "rg-1"),
            azure("x", "Reader", "rg-9"),
        ];
        const after = [
            api("x", "Mail.Send", { reason: "new", owner: "team" }),
            azure("x", "Contributor", "rg-1"),
            azure("x", "Reader", "rg-2"),
        ];
        const { changed, added, removed } = diffManifests(before, after);
        assert.deepEqual([added, removed], [[], []]);
        assert.deepEqual(
            changed.map(({ after: grant, fields }) => [grant.kind === "api" ? grant.permission : grant.role, fields]),
            [
                ["Contributor", ["role"]],
                ["Mail.Send", ["reason", "owner"]],
                ["Reader", ["on"]],
            ],
        );
    });

    it("takes a custom role for the same by its actions, whatever it is called", () => {
        const custom = (name: string, guid: string, actions: string[]): Grant =>
            azure("x", "Reader", "rg-1", {
                role: name,
                roleDefinitionGuid: guid,
                actions,
                custom: true,
            } as Partial<Grant>);
        const before = [custom("one", "1", ["A/b/read", "A/c/read"])];
        assert.equal(diffManifests(before, [custom("two", "2", ["a/C/read", "A/b/read"])]).same, 1);
        assert.equal(diffManifests(before, [custom("two", "2", ["A/b/read"])]).changed.length, 1);
    });
});

describe("cli: grants and diff", function () {
    this.timeout(60_000);
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-diff-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const run = (...args: string[]) =>
        spawnSync(process.execPath, [LAUNCHER, ...args], { cwd: folder, encoding: "utf8" });
    const file = (name: string, content: unknown): string => {
        writeFileSync(join(folder, name), JSON.stringify(content));
        return name;
    };
    const manifest = (name: string, grants: readonly Grant[]): string =>
        file(name, { version: 1, stack: name, grants });

    it("shows what only one has, and what differs, and ends with 3", () => {
        const test = manifest("test.json", [api("nightly", "User.Read.All"), azure("nightly", "Reader", "rg-test")]);
        const prod = manifest("prod.json", [azure("nightly", "Contributor", "rg-prod"), api("nightly", "Mail.Send")]);
        const { stdout, stderr, status } = run("diff", test, prod, "--map", "rg-test=rg-prod");
        assert.equal(stderr, "");
        assert.deepEqual(stdout.trimEnd().split("\n"), [
            "  - nightly: User.Read.All on Microsoft Graph (management plane)",
            "  + nightly: Mail.Send on Microsoft Graph (management plane)",
            "  ~ nightly: Contributor on group rg-prod (management plane)",
            "      role: Reader → Contributor",
            "0 grants the same; only in test.json: 1; only in prod.json: 1; unlike: 1",
        ]);
        assert.equal(status, 3);
    });

    it("ends with 0 when names that are mapped make both the same", () => {
        const a = manifest("a.json", [azure("nightly-test", "Reader", "rg-test")]);
        const b = manifest("b.json", [azure("nightly-prod", "Reader", "rg-prod")]);
        const { stdout, status } = run("diff", a, b, "--map", "test=prod", "--json");
        const none: unknown[] = [];
        assert.deepEqual(JSON.parse(stdout), { version: 1, removed: none, added: none, changed: none, same: 1 });
        assert.equal(status, 0);
    });

    it("reads the state of another program, and lists it as a manifest", () => {
        const type = "azure-native:authorization:RoleAssignment";
        const inputs = {
            principalId: "11111111-0000-4000-8000-000000000001",
            roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${findRole("Reader").id}`,
            scope: `${SUBSCRIPTION}/resourceGroups/rg-a`,
            description: "looks",
        };
        const urn = `urn:pulumi:prod::shop::${type}::grant`;
        const resources = [{ urn, type, custom: true, id: "x", inputs, outputs: inputs }];
        const { stdout, stderr } = run(
            "grants",
            "--json",
            "--state",
            file("s.json", { version: 3, deployment: { resources } }),
        );
        assert.equal(stderr, "");
        const { version, grants } = JSON.parse(stdout) as { version: number; grants: Grant[] };
        assert.equal(version, 1);
        assert.deepEqual(
            grants.map(grant => grant.kind === "azure" && [grant.identity, grant.role, grant.scope, grant.reason]),
            [["11111111-0000-4000-8000-000000000001", "Reader", `${SUBSCRIPTION}/resourcegroups/rg-a`, "looks"]],
        );
    });

    it("names the file and the place of what is no manifest, and says what a mapping looks like", () => {
        const wrong = file("wrong.json", { version: 1, stack: "x", grants: [{ kind: "api" }] });
        const bad = run("diff", wrong, wrong);
        assert.match(bad.stderr, /^leastwise: 'wrong\.json': grants\.0\.identity: /m);
        assert.equal(bad.status, 1);
        const neither = run("diff", file("n.json", { a: 1 }), wrong);
        assert.match(neither.stderr, /'n\.json' is neither a grant manifest nor an exported state/);
        assert.match(run("diff", "a", "b", "--map", "x").stderr, /expected <part of a name in A>=<what it is in B>/);
    });
});
