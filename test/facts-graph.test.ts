import assert from "node:assert/strict";
import { compileCalls } from "../scripts/facts-graph-calls.ts";
import { compileCmdlets } from "../scripts/facts-graph-cmdlets.ts";
import { compileAppRoles, MICROSOFT_GRAPH } from "../scripts/facts-graph-roles.ts";
import { reportChanges } from "../scripts/facts-report.ts";
import { withoutDoubles } from "../scripts/graph-source.ts";
import type { RawPermission } from "../scripts/graph-source.ts";
import type { Overrides } from "../scripts/graph-overrides.ts";

const NO_OVERRIDES: Overrides = { calls: [], limits: [], properties: [] };

/** A permission for applications with path sets of `GET,POST` → paths with their values. */
const permission = (sets: Record<string, Record<string, string>>, schemes = ["Application"]): RawPermission => ({
    authorizationType: "oAuth2",
    schemes: Object.fromEntries(schemes.map(scheme => [scheme, {}])),
    pathSets: Object.entries(sets).map(([methods, paths]) => ({
        schemeKeys: schemes,
        methods: methods.split(","),
        paths,
    })),
});

interface Compiled {
    readonly permissions: readonly string[];
    readonly sets: readonly (readonly [number, number, readonly unknown[]])[];
    readonly paths: Readonly<Record<string, string>>;
}

const compile = (raw: Record<string, RawPermission>, overrides: Partial<Overrides> = {}): Compiled =>
    compileCalls(raw, { ...NO_OVERRIDES, ...overrides }, new Set(Object.keys(raw))) as Compiled;

describe("compileCalls", () => {
    it("folds case, ids and keys of paths, and interns sets of permissions", () => {
        const { permissions, sets, paths } = compile({
            "A.Read.All": permission({ GET: { "/things/{id}": "", "/Things/{thing-id}/parts(name={value})": "" } }),
        });
        assert.deepEqual(permissions, ["A.Read.All"]);
        assert.deepEqual(sets, [[2, 0, [0]]]);
        assert.deepEqual(paths, { things: "{'{}':{'':'G0.0','parts(name)':{'':'G0.0'}}}" });
    });

    it("keeps what is needed beside a permission, and forgets it where another line needs nothing", () => {
        const { sets } = compile({
            "A.ReadWrite.All": permission({
                POST: { "/a": "AlsoRequires=B.Read.All,C.Read.All", "/b": "least=Application;AlsoRequires=B.Read.All" },
            }),
            "B.Read.All": permission({ GET: { "/a": "" } }),
            "C.Read.All": permission({ GET: { "/a": "" } }),
        });
        assert.deepEqual(
            sets.map(([, , entries]) => entries),
            [[1, 2], [[0, [1, 2]]], [[0, [1]]]],
        );
    });

    it("lists a call without entries when only delegated permissions allow it", () => {
        const { sets } = compile({ "A.Read": permission({ GET: { "/a": "" } }, ["DelegatedWork"]) });
        assert.deepEqual(sets, [[1, 0, []]]);
    });

    it("picks the flagged permission that the fewest methods share, as the format does", () => {
        const { paths } = compile({
            "A.ReadWrite.All": permission({ "GET,POST": { "/a": "least=Application" } }),
            "B.Read.All": permission({ GET: { "/a": "least=Application" } }),
        });
        assert.deepEqual(paths, { a: "{'':'G0.1 P1.0'}" });
    });

    it("takes a reviewed call in place of the source's", () => {
        const { sets } = compile(
            { "A.Read.All": permission({ POST: { "/a": "" } }), "B.ReadWrite.All": permission({ POST: { "/b": "" } }) },
            { calls: [{ method: "POST", path: "/a", permissions: ["B.ReadWrite.All & A.Read.All"], page: "" }] },
        );
        assert.deepEqual(
            sets.map(([, , entries]) => entries),
            [[[1, [0]]], [1]],
        );
    });

    it("limits a permission only where another one is left", () => {
        const { sets } = compile(
            {
                "A.ReadWrite.All": permission({ PATCH: { "/a": "" } }),
                "A.ReadWrite.OwnedBy": permission({ PATCH: { "/a": "", "/b": "" } }),
            },
            { limits: [{ kind: "own", permissions: "OwnedBy$", calls: "", page: "" }] },
        );
        assert.deepEqual(
            sets.map(([, , entries]) => entries),
            [[0, [1, [], 0]], [1]],
        );
    });

    it("limits a permission that reads for a call that writes, unless the action is itself a read", () => {
        const { sets } = compile(
            {
                "A.Read.All": permission({ POST: { "/a": "", "/a/getIt": "" } }),
                "A.ReadWrite.All": permission({ POST: { "/a": "", "/a/getIt": "" } }),
            },
            { limits: [{ kind: "reading", permissions: "\\.Read\\.", calls: "", page: "" }] },
        );
        assert.deepEqual(
            sets.map(([, , entries]) => entries),
            [
                [[0, [], 0], 1],
                [0, 1],
            ],
        );
    });
});

describe("withoutDoubles", () => {
    it("folds names that differ in case into the one that is deployed", () => {
        const folded = withoutDoubles(
            { "A.DoIt.All": permission({ GET: { "/a": "" } }), "A.Doit.All": permission({ GET: { "/b": "" } }) },
            new Set(["A.Doit.All"]),
        );
        assert.deepEqual(Object.keys(folded), ["A.Doit.All"]);
        assert.deepEqual(
            folded["A.Doit.All"]?.pathSets.map(({ paths }) => Object.keys(paths)),
            [["/a"], ["/b"]],
        );
    });
});

describe("compileAppRoles", () => {
    const ID = "11111111-2222-3333-4444-555555555555";
    const OTHER_ID = "99999999-2222-3333-4444-555555555555";
    const deployment = (id: string, isEnabled = true) => ({
        id,
        scheme: "Application",
        isHidden: false,
        isEnabled,
        resourceAppId: "",
    });

    it("takes the id that the service principal has, then that of the deployment, and none that is not a GUID", () => {
        const { roles, withoutId } = compileAppRoles({
            permissions: {
                "A.Read.All": permission({}),
                "B.ReadWrite.All": permission({}),
                "C.Read.All": permission({}),
            },
            deployments: {
                "A.Read.All": [deployment(OTHER_ID)],
                "B.ReadWrite.All": [deployment(OTHER_ID, false)],
                "C.Read.All": [deployment("12345")],
            },
            tiers: [
                { AppId: MICROSOFT_GRAPH, AppRoleId: ID, AppRoleDisplayName: "A.Read.All", EAMTierLevelTagValue: "2" },
            ],
        });
        assert.deepEqual(roles[MICROSOFT_GRAPH], [
            ["A.Read.All", ID, 2, 0],
            ["B.ReadWrite.All", OTHER_ID, 0, 2],
        ]);
        assert.deepEqual(withoutId, ["C.Read.All"]);
    });
});

describe("compileCmdlets", () => {
    it("keeps v1.0 and beta of one cmdlet together", () => {
        const csv = [
            "cmdlet,version,method,path",
            "Get-MgUser,v1.0,GET,/users",
            "Get-MgBetaUser,beta,GET,/users",
            "Get-MgReport,v1.0,GET,\"/reports/f(a='{a}',b='{b}')\"",
        ].join("\n");
        assert.deepEqual(compileCmdlets(csv), {
            paths: ["/reports/f(a='{a}',b='{b}')", "/users"],
            cmdlets: { "Get-Report": "G0", "Get-User": "G1|G1" },
        });
    });

    it("refuses a line that is not a cmdlet, with its number", () => {
        assert.throws(() => compileCmdlets("cmdlet,version,method,path\nGet-Foo,v1.0,GET,/x"), {
            message: "line 2 of graph-cmdlets.csv is not a cmdlet, version, method and path",
        });
    });
});

describe("reportChanges", () => {
    it("tells what changed for the examples, then in the facts", () => {
        const before = {
            examples: ["a: GET /a → A.Read.All"],
            appRoles: ["A"],
            roles: [],
            calls: { "GET /a": "A.Read.All", "GET /b": "B" },
        };
        const after = {
            examples: ["a: GET /a → B.Read.All"],
            appRoles: ["A"],
            roles: [],
            calls: { "GET /a": "B.Read.All", "GET /c": "C" },
        };
        assert.deepEqual(reportChanges(before, after).split("\n"), [
            "Answers for the examples:",
            "  - a: GET /a → A.Read.All",
            "  + a: GET /a → B.Read.All",
            "App roles: no change",
            "Azure roles: no change",
            "Graph calls:",
            "  - GET /a: A.Read.All",
            "  + GET /a: B.Read.All",
            "  - GET /b: B",
            "  + GET /c: C",
        ]);
    });
});
