import assert from "node:assert/strict";
import * as fc from "fast-check";
import { normaliseToken } from "../policy-pack/adapter/token.ts";
import { rule } from "../policy-pack/rule.ts";
import { azureRoleWildcard } from "../policy-pack/rules/azure-role-wildcard.ts";
import { azureScopeTooWide } from "../policy-pack/rules/azure-scope-too-wide.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    NOW,
    resourceFindings,
    stackFindings,
    SUBSCRIPTION_SCOPE,
    UNKNOWN,
    urnOf,
} from "./policy-support.ts";

const WIDE: Declared = { type: AZURE_ROLE_ASSIGNMENT, name: "wide", props: { scope: SUBSCRIPTION_SCOPE } };
const FINDING = `a role is assigned on a subscription ('${SUBSCRIPTION_SCOPE}'); expected resourceGroup or narrower`;

const failing = rule({
    name: "failing",
    description: "Never holds.",
    severity: "low",
    controls: { mcsb: "PA-7" },
    remediationSteps: "None.",
    judges: "azure-grant",
    needs: [],
    options: { days: { type: "integer", minimum: 1, default: 1, description: "Days." } },
    prepare: ({ days }) => {
        if (days > 9) throw new Error(`days is ${days}; expected at most 9`);
    },
    check: () => {
        throw new Error("out of order");
    },
});

describe("a rule that cannot do its work", () => {
    it("is a finding where it fails on a resource", () => {
        const found = ["wide: the rule failed on this resource: out of order"];
        assert.deepEqual(stackFindings(failing, [WIDE]), found);
        assert.deepEqual(resourceFindings(failing, [WIDE]), found);
    });

    it("is a finding where it is configured wrongly", () => {
        const wrong = "the rule is configured wrongly: days is 10; expected at most 9";
        assert.deepEqual(stackFindings(failing, [WIDE], { days: 10 }), [`stack: ${wrong}`]);
        assert.deepEqual(resourceFindings(failing, [WIDE], { days: 10 }), [`wide: ${wrong}`]);
    });
});

describe("an exception", () => {
    const exception = { urn: urnOf(WIDE), finding: FINDING, reason: "for now", owner: "team", expires: "2026-06-30" };
    const both = (exceptions: readonly object[], more = {}, now = NOW): string[][] => [
        stackFindings(azureScopeTooWide, [WIDE], { exceptions, ...more }, now),
        resourceFindings(azureScopeTooWide, [WIDE], { exceptions, ...more }, now),
    ];

    it("takes its exact finding away, to the end of its last day", () => {
        assert.deepEqual(both([exception]), [[], []]);
        assert.deepEqual(both([exception], {}, new Date("2026-06-30T23:00:00Z")), [[], []]);
    });

    it("holds no longer than its last day, and says so", () => {
        const found = [`wide: ${FINDING}; its exception ended on 2026-06-30`];
        assert.deepEqual(both([exception], {}, new Date("2026-07-01T00:00:00Z")), [found, found]);
    });

    it("does not hold where it ends too far ahead", () => {
        const found = [`wide: ${FINDING}; its exception ends on 2026-06-30; expected within 30 days`];
        assert.deepEqual(both([exception], { exceptionDays: 30 }), [found, found]);
    });

    it("does not hold where its end is no day", () => {
        const found = [`wide: ${FINDING}; its exception ends on '2026-99-99'; expected a day as 2027-06-30`];
        assert.deepEqual(both([{ ...exception, expires: "2026-99-99" }]), [found, found]);
    });

    it("is a finding of the stack where it matches none", () => {
        const [stack, resource] = both([{ ...exception, finding: "something else" }]);
        assert.deepEqual(resource, [`wide: ${FINDING}`]);
        assert.deepEqual(stack, [
            `stack: an exception is for no finding of this stack: 'something else' on '${urnOf(WIDE)}'`,
            `wide: ${FINDING}`,
        ]);
    });

    it("accepts nothing where a pattern stands in place of the exact words or URN, and is a finding itself", () => {
        for (const wide of [
            { urn: "*" },
            { finding: "*" },
            { urn: urnOf(WIDE).replace("wide", "w*"), finding: "a role *" },
        ]) {
            const { urn, finding } = { ...exception, ...wide };
            const [stack, resource] = both([{ ...exception, ...wide }]);
            assert.deepEqual(resource, [`wide: ${FINDING}`]);
            assert.deepEqual(stack, [
                `stack: an exception is too wide: '${finding}' on '${urn}' would be for 1 finding; expected the exact words and URN of one`,
                `wide: ${FINDING}`,
            ]);
        }
    });

    it("is left alone where it is for another stack", () => {
        const other = { ...exception, urn: exception.urn.replace(":dev::", ":prod::") };
        assert.deepEqual(both([other]), [[`wide: ${FINDING}`], [`wide: ${FINDING}`]]);
    });
});

describe("a resource type", () => {
    const TOKENS: readonly (readonly [string, string | undefined])[] = [
        ["azure-native:authorization:RoleAssignment", "azure-native:authorization:RoleAssignment"],
        ["azure-native:authorization/v20220401:RoleAssignment", "azure-native:authorization:RoleAssignment"],
        [
            "azure-native_authorization_v20220401:authorization:RoleAssignment",
            "azure-native:authorization:RoleAssignment",
        ],
        ["azure-nextgen:authorization/latest:RoleAssignment", "azure-native:authorization:RoleAssignment"],
        ["azure:authorization/assignment:Assignment", "azure:authorization:Assignment"],
        ["azuread:index/appRoleAssignment:AppRoleAssignment", "azuread:AppRoleAssignment"],
        ["azurerm:index/roleAssignment:RoleAssignment", "azurerm:RoleAssignment"],
        ["azure-native-x:authorization:RoleAssignment", undefined],
        ["aws:iam/role:Role", undefined],
        ["pulumi:pulumi:Stack", undefined],
        ["", undefined],
    ];
    for (const [type, expected] of TOKENS) {
        it(`'${type}' is read as ${expected ?? "none of Azure's"}`, () => assert.equal(normaliseToken(type), expected));
    }
});

const TYPES = [
    "azuread:index/appRoleAssignment:AppRoleAssignment",
    "azuread:index/servicePrincipal:ServicePrincipal",
    "azuread:index/application:Application",
    AZURE_ROLE_ASSIGNMENT,
    "azure:authorization/assignment:Assignment",
    "azure-native:authorization:RoleDefinition",
    "azure-native:automation:AutomationAccount",
    "azure-native:automation:Variable",
    "azure-native:automation:Webhook",
    "azure-native:automation:Runbook",
    "azure-native:automation:RuntimeEnvironment",
    "azure-native:automation:Package",
    "azure-native:automation:PowerShell72Module",
];
const KEYS = [
    ...["appRoleId", "appRoles", "assignableScopes", "clientId", "contentLink", "disableLocalAuth", "expiryTime"],
    ...["isEncrypted", "language", "password", "permissions", "principalType", "resourceObjectId", "roleDefinitionId"],
    ...["roleDefinitionName", "runbookType", "scope", "useExisting", "value", "variableName", "version", "__proto__"],
];

const value = fc.letrec(tie => ({
    any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
            UNKNOWN,
            null,
            "",
            "/",
            "*",
            "00000000-0000-0000-0000-000000000000",
            "\u0000",
            "ServicePrincipal",
        ),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom("actions", "notActions", "dataActions", "id", "uri", "version", "x"), tie("any")),
    ),
})).any;

const props = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });
const declared = fc.record({ type: fc.constantFrom(...TYPES), name: fc.constantFrom("a", "b"), props });
const linked = fc
    .tuple(declared, fc.dictionary(fc.constantFrom(...KEYS), fc.array(declared, { maxLength: 2 }), { maxKeys: 3 }))
    .map(([resource, links]): Declared => ({ ...resource, links }));

describe("whatever a program declares", function () {
    this.timeout(60_000);

    it("no rule fails on it, in either half", () => {
        fc.assert(
            fc.property(fc.array(linked, { maxLength: 3 }), stack => {
                for (const each of RULES) {
                    const found = [...stackFindings(each, stack), ...resourceFindings(each, stack)];
                    assert.deepEqual(
                        found.filter(message => /the rule failed|configured wrongly/.test(message)),
                        [],
                    );
                }
            }),
            { numRuns: 2000 },
        );
    });

    it("actions of which one is unknown are never passed", () => {
        const patterns = fc.array(fc.constantFrom<string>("*", "Microsoft.Web/*", "Microsoft.Web/sites/read"), {
            minLength: 1,
        });
        fc.assert(
            fc.property(patterns, fc.nat(), (actions, at) => {
                const role = (list: readonly string[]): Declared => ({
                    type: "azure-native:authorization:RoleDefinition",
                    name: "role",
                    props: { roleName: "r", permissions: [{ actions: list }] },
                });
                const hidden = actions.with(at % actions.length, UNKNOWN);
                assert.notDeepEqual(stackFindings(azureRoleWildcard, [role(hidden)]), []);
            }),
        );
    });
});
