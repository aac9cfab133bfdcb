import assert from "node:assert/strict";
import fc from "fast-check";
import { callScope } from "../access/call-scope.ts";
import { commonScope, contains, normaliseScope, parseScope } from "../access/scope.ts";

const SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg`;
const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm`;
const DATABASE = `${GROUP}/providers/Microsoft.Sql/servers/s/databases/d`;
const MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/mg";

describe("Azure scopes", () => {
    const kinds: readonly (readonly [text: string, kind: string, resourceType?: string])[] = [
        ["/", "tenant"],
        [MANAGEMENT_GROUP, "managementGroup"],
        [SUBSCRIPTION, "subscription"],
        [`${SUBSCRIPTION}/`, "subscription"],
        [GROUP, "resourceGroup"],
        [GROUP.toUpperCase(), "resourceGroup"],
        [VM, "resource", "Microsoft.Compute/virtualMachines"],
        [DATABASE, "resource", "Microsoft.Sql/servers/databases"],
        [
            `${VM}/providers/Microsoft.Insights/diagnosticSettings/x`,
            "resource",
            "Microsoft.Insights/diagnosticSettings",
        ],
        [`${SUBSCRIPTION}/providers/Microsoft.Security/pricings/vms`, "resource", "Microsoft.Security/pricings"],
    ];
    for (const [text, kind, resourceType] of kinds) {
        it(`'${text}' is a ${kind}`, () => {
            const scope = parseScope(text);
            assert.equal(scope.kind, kind);
            assert.equal(scope.resourceType, resourceType);
        });
    }

    for (const text of [
        "",
        " ",
        "resourceGroups/rg",
        "subscriptions/x",
        `${SUBSCRIPTION}/resourceGroups`,
        `${GROUP}/providers/Microsoft.Compute`,
        `${VM}/extensions`,
        "//",
        `${GROUP}?x=1`,
        "/users/x",
    ]) {
        it(`'${text}' is refused with what is expected`, () => {
            assert.throws(
                () => parseScope(text),
                (error: Error) => error.message.startsWith(`'${text}' is not an Azure scope; expected '/', `),
            );
        });
    }

    it("compare without regard to case and a slash at the end", () => {
        assert.equal(normaliseScope(`${GROUP.toUpperCase()}/`), GROUP.toLowerCase());
    });

    it("hold what lies below them and nothing that only starts alike", () => {
        assert.equal(contains(GROUP, VM), true);
        assert.equal(contains("/", VM), true);
        assert.equal(contains(VM, VM.toUpperCase()), true);
        assert.equal(contains(GROUP, `${SUBSCRIPTION}/resourceGroups/rg2`), false);
        assert.equal(contains(VM, GROUP), false);
    });

    const common: readonly (readonly [ids: readonly string[], scope: string])[] = [
        [[VM], VM],
        [[VM, VM.toUpperCase()], VM],
        [[VM, DATABASE], GROUP],
        [[DATABASE, DATABASE.replace("/d", "/e")], DATABASE.replace(/\/databases.*/, "")],
        [[VM, `${SUBSCRIPTION}/resourceGroups/other`], SUBSCRIPTION],
        [[VM, `${SUBSCRIPTION}/resourceGroups/rg2/providers/Microsoft.Compute/virtualMachines/vm`], SUBSCRIPTION],
        [[VM, GROUP], GROUP],
        [[SUBSCRIPTION, "/subscriptions/22222222-2222-2222-2222-222222222222"], "/"],
        [[SUBSCRIPTION, MANAGEMENT_GROUP], "/"],
        [["/", VM], "/"],
    ];
    for (const [ids, scope] of common) {
        it(`have '${scope}' in common: ${ids.join(", ")}`, () => {
            assert.equal(commonScope(ids).id, scope);
        });
    }

    it("have in common the deepest scope that holds them all", () => {
        const word = fc.constantFrom("a", "b", "ab");
        const resource = fc
            .tuple(word, word, word, word)
            .map(([s, g, t, n]) => [`/subscriptions/${s}`, `/resourceGroups/${g}`, `/providers/Microsoft.X/${t}/${n}`])
            .chain(parts => fc.integer({ min: 1, max: 3 }).map(depth => parts.slice(0, depth).join("")));
        const ancestors = (id: string): string[] =>
            [
                "/",
                ...id
                    .split("/")
                    .slice(1)
                    .map((_, at, all) => `/${all.slice(0, at + 1).join("/")}`),
            ].filter(text => {
                try {
                    return parseScope(text).id === text;
                } catch {
                    return false;
                }
            });
        fc.assert(
            fc.property(fc.array(resource, { minLength: 1, maxLength: 4 }), ids => {
                const holding = ancestors(ids[0] ?? "/").filter(scope => ids.every(id => contains(scope, id)));
                assert.equal(commonScope(ids).id, holding.at(-1));
            }),
        );
    });

    it("cannot be found for no id", () => {
        assert.throws(() => commonScope([]), {
            message: "no resource id to find a common scope of; expected at least one",
        });
    });
});

describe("the scope of a Resource Manager call", () => {
    const cases: readonly (readonly [call: string, scope: string | undefined])[] = [
        [`GET ${VM}`, VM],
        [`GET ${VM}?api-version=2024-07-01`, VM],
        [`POST ${VM}/deallocate`, VM],
        [`DELETE ${VM}/extensions/x`, `${VM}/extensions/x`],
        [`GET ${VM}/extensions`, VM],
        [`GET ${GROUP}/providers/Microsoft.Compute/virtualMachines`, GROUP],
        [`PUT ${VM}`, GROUP],
        [`PUT ${DATABASE}`, `${GROUP}/providers/Microsoft.Sql/servers/s`],
        [`PUT ${GROUP}`, SUBSCRIPTION],
        [`GET ${SUBSCRIPTION}/resourceGroups`, SUBSCRIPTION],
        [`POST ${GROUP}/providers/Microsoft.Compute/virtualMachines/{vm}/deallocate`, GROUP],
        [`PUT ${GROUP}/providers/Microsoft.Compute/virtualMachines/{vm}`, GROUP],
        ["GET /subscriptions/{id}/resourceGroups/rg", undefined],
        ["GET /subscriptions", undefined],
        [`GET ${MANAGEMENT_GROUP}`, undefined],
    ];
    for (const [call, scope] of cases) {
        it(`${call} needs ${scope ?? "no scope that is known"}`, () => {
            const [method = "", path = ""] = call.split(" ");
            assert.equal(callScope(method, path), scope);
        });
    }
});
