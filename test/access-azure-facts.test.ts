import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findAction } from "../access/azure-actions.ts";
import { readFacts } from "../access/facts.ts";
import { compileAzure } from "../scripts/facts-azure.ts";
import { guardedActions } from "../scripts/facts-azure-conditions.ts";
import { REVIEWED_CALLS } from "../scripts/facts-azure-reviews.ts";

const CALLS = {
    GET: {
        "/subscriptions/{id}/providers/Microsoft.A/things": { "microsoft.a/Things/read": {} },
        "/subscriptions/{id}/resourceGroups/{g}/providers/Microsoft.A/things/{t}": { "Microsoft.A/things/read": {} },
        "/subscriptions/{id}/resourceGroups/{g}/providers/Microsoft.A/odd/{o}": { "Microsoft.A/otherwise/read": {} },
        "/subscriptions/{id}/providers/{namespace}/{type}": { "Microsoft.Resources/resources/read": {} },
        "/subscriptions/{id}/resourceGroups/{g}/providers/Microsoft.A/things/{t}/secrets": {
            "Microsoft.A/things/secrets/read": { isDataAction: true },
        },
    },
};
const ROLES = [
    {
        name: "11111111-1111-1111-1111-111111111111",
        roleName: "Thing Reader ",
        permissions: [
            {
                actions: ["Microsoft.A/things/read", "Microsoft.A/things/read ", "Microsoft.A/"],
                notActions: [],
                dataActions: ["Microsoft.A/*"],
                notDataActions: [],
                condition: null,
            },
        ],
    },
    { name: "22222222-2222-2222-2222-222222222222", roleName: "Empty", permissions: [] },
];
const TIERS = [
    {
        RoleId: "11111111-1111-1111-1111-111111111111",
        RolePermissions: [{ AuthorizedResourceAction: "microsoft.a/things/READ", EAMTierLevelTagValue: "2" }],
        Classification: { EAMTierLevelTagValue: "1" },
    },
    { RoleId: "22222222-2222-2222-2222-222222222222", RolePermissions: [], Classification: null },
];

const compile = (calls: unknown, roles: unknown, tiers: unknown): Record<string, Record<string, unknown>> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-facts-"));
    try {
        writeFileSync(join(folder, "azure-rest-actions.json"), JSON.stringify(calls));
        writeFileSync(join(folder, "azure-built-in-roles.json"), JSON.stringify(roles));
        writeFileSync(join(folder, "azure-role-tiers.json"), JSON.stringify(tiers));
        compileAzure(folder, folder);
        const read = (name: string): Record<string, unknown> =>
            JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Record<string, unknown>;
        return { actions: read("azure-actions"), roles: read("azure-roles"), rest: read("azure-rest") };
    } finally {
        rmSync(folder, { recursive: true });
    }
};

describe("the compiled Azure tables", () => {
    it("hold each action once, in its commonest spelling, with its kind and tier", () => {
        const { actions } = compile(CALLS, ROLES, TIERS);
        const reviewed = REVIEWED_CALLS.map(({ action }) => action);
        const own = (actions?.["actions"] as string[]).filter(action => !reviewed.includes(action));
        assert.deepEqual(own, ["Microsoft.A/otherwise/read", "Microsoft.A/things/read"]);
        assert.deepEqual(actions?.["dataActions"], ["Microsoft.A/things/secrets/read"]);
        const at = (actions?.["actions"] as string[]).indexOf("Microsoft.A/things/read");
        assert.equal((actions?.["tiers"] as string)[at], "2");
        assert.equal(actions?.["dataTiers"], "-");
    });

    it("hold roles by name without stray spaces, and count an unclassified role as control plane", () => {
        const { roles, actions } = compile(CALLS, ROLES, TIERS);
        const at = (actions?.["actions"] as string[]).indexOf("Microsoft.A/things/read");
        assert.deepEqual(roles?.["patterns"], ["Microsoft.A/", "Microsoft.A/*"]);
        assert.deepEqual(roles?.["roles"], [
            ["22222222-2222-2222-2222-222222222222", "Empty", 0, []],
            ["11111111-1111-1111-1111-111111111111", "Thing Reader", 1, [[[at, -1], [], [-2], []]]],
        ]);
    });

    it("hold only the calls that the resource type rule does not give", () => {
        const { rest } = compile(CALLS, ROLES, TIERS);
        const shapes = REVIEWED_CALLS.map(({ shape }) => shape);
        const own = (rest?.["overrides"] as [string, string, string[]][]).filter(
            ([, shape]) => !shapes.includes(shape),
        );
        assert.deepEqual(own, [["GET", "microsoft.a/odd/{}", ["Microsoft.A/otherwise/read"]]]);
    });

    it("refuse a tier they do not know", () => {
        const [first, ...others] = TIERS;
        assert.throws(
            () => compile(CALLS, ROLES, [{ ...first, Classification: { EAMTierLevelTagValue: "3" } }, ...others]),
            { message: "unknown tier '3'; expected 0, 1 or 2" },
        );
    });

    it("name in their odd calls only actions they know", () => {
        const { overrides } = readFacts<{ overrides: [string, string, string[]][] }>("azure-rest");
        for (const action of overrides.flatMap(([, , actions]) => actions)) {
            assert.notEqual(findAction(action, "action") ?? findAction(action, "dataAction"), undefined, action);
        }
        assert.ok(overrides.length < 100, `${overrides.length} overrides`);
    });

    it("give each reviewed call its Microsoft page", () => {
        for (const { page } of REVIEWED_CALLS) assert.match(page, /^https:\/\/learn\.microsoft\.com\//);
    });
});

describe("conditions of role definitions", () => {
    const WRITE = "Microsoft.Authorization/roleAssignments/write";
    const DELETE = "Microsoft.Authorization/roleAssignments/delete";
    const guard = (action: string): string => `(!(ActionMatches{'${action}'}))`;
    const ids =
        "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{a, b})";
    const cases: readonly (readonly [condition: string, guarded: readonly string[] | null])[] = [
        [`(${guard(WRITE)} OR ${ids})`, [WRITE]],
        [`${guard(WRITE)} OR ${ids}`, [WRITE]],
        [`(${guard(WRITE)} OR ${ids}) AND (${guard(DELETE)} OR ${ids})`, [WRITE, DELETE]],
        [`(${guard(WRITE)} OR ${ids}) && (${guard(DELETE)} || ${ids})`, [WRITE, DELETE]],
        [`(${guard(WRITE)} OR (${ids} AND (@Request[x] StringEquals 'y')))`, [WRITE]],
        [ids, null],
        [`(${guard(WRITE)} OR ${ids}) AND ${ids}`, null],
        [`@Resource[HasObotoken] boolequals true && ${ids}`, null],
        ["@Resource[HasObotoken] boolequals true", null],
    ];
    for (const [condition, guarded] of cases) {
        it(`${condition} bears on ${guarded?.join(" and ") ?? "everything"}`, () => {
            assert.deepEqual(guardedActions(condition), guarded);
        });
    }

    it("with unbalanced parentheses are refused", () => {
        assert.throws(() => guardedActions("((a)"), /unbalanced parentheses in condition/);
    });
});
