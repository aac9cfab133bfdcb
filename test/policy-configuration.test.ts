import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { configurationFaults } from "../policy-pack/configuration.ts";
import { matches } from "../policy-pack/pattern.ts";
import { presets } from "../policy-pack/presets.ts";
import { azureScopeTooWide } from "../policy-pack/rules/azure-scope-too-wide.ts";
import {
    AZURE_ROLE_ASSIGNMENT,
    type Declared,
    GROUP,
    resourceFindings,
    stackFindings,
    SUBSCRIPTION_SCOPE,
    UNKNOWN,
} from "./policy-support.ts";

const RULE = "azure-scope-too-wide";
const EXCEPTION = { urn: "urn:pulumi:dev::p::t::n", finding: "f", reason: "r", owner: "o", expires: "2026-06-30" };

/** What is wrong, and the one line that says so. */
const WRONG: readonly (readonly [fact: string, config: unknown, fault: string])[] = [
    ["is no object", [], "the configuration is no object; expected one with the names of rules"],
    [
        "names a rule that does not exist",
        { "azure-scope-to-wide": "advisory" },
        "unknown rule 'azure-scope-to-wide'; did you mean 'azure-scope-too-wide'?",
    ],
    [
        "names an option that the rule does not have",
        { [RULE]: { celing: "subscription" } },
        "azure-scope-too-wide: unknown setting 'celing'; did you mean 'ceiling'?",
    ],
    [
        "gives a level that does not exist",
        { [RULE]: "mandatry" },
        "azure-scope-too-wide: is 'mandatry'; expected one of advisory, mandatory, remediate, disabled; did you mean 'mandatory'?",
    ],
    [
        "gives a level in an object that does not exist",
        { [RULE]: { enforcementLevel: "off" } },
        "azure-scope-too-wide.enforcementLevel: is 'off'; expected one of advisory, mandatory, remediate, disabled",
    ],
    ["gives a number for a rule", { [RULE]: 3 }, "azure-scope-too-wide: is 3; expected an object"],
    [
        "gives an option a value that it cannot have",
        { [RULE]: { ceiling: "resorceGroup" } },
        "azure-scope-too-wide.ceiling: is 'resorceGroup'; expected one of managementGroup, subscription, resourceGroup, resource; did you mean 'resourceGroup'?",
    ],
    [
        "gives a text for a list",
        { [RULE]: { allowed: "/subscriptions/x" } },
        "azure-scope-too-wide.allowed: is '/subscriptions/x'; expected a list",
    ],
    [
        "gives a number in a list of texts",
        { [RULE]: { allowed: ["/subscriptions/x", 7] } },
        "azure-scope-too-wide.allowed[1]: is 7; expected a text",
    ],
    [
        "gives a number below the least",
        { [RULE]: { exceptionDays: 0 } },
        "azure-scope-too-wide.exceptionDays: is 0; expected at least 1",
    ],
    [
        "gives an option that makes no sense to its rule",
        { "graph-control-plane-permission": { allowed: ["Application.ReadWrite.Al"] } },
        "graph-control-plane-permission: unknown permission 'Application.ReadWrite.Al'",
    ],
    [
        "has an exception without an owner",
        { [RULE]: { exceptions: [{ ...EXCEPTION, owner: "" }] } },
        "azure-scope-too-wide.exceptions[0].owner: is empty",
    ],
    [
        "has an exception without a reason",
        { [RULE]: { exceptions: [Object.fromEntries(Object.entries(EXCEPTION).filter(([key]) => key !== "reason"))] } },
        "azure-scope-too-wide.exceptions[0]: 'reason' is missing",
    ],
    [
        "has an exception that ends on no day",
        { [RULE]: { exceptions: [{ ...EXCEPTION, expires: "2026-02-30" }] } },
        "azure-scope-too-wide.exceptions[0].expires: is '2026-02-30'; expected a day as 2027-06-30",
    ],
    [
        "has an entry for every resource",
        { [RULE]: { where: [{ ceiling: "subscription" }] } },
        "azure-scope-too-wide.where[0]: is for every resource; expected 'stack' or 'tags'",
    ],
    [
        "has an entry that sets nothing",
        { [RULE]: { where: [{ stack: "prod" }] } },
        "azure-scope-too-wide.where[0]: sets no option",
    ],
    [
        "has an entry with a value that its option cannot have",
        { [RULE]: { where: [{ stack: "prod", ceiling: "planet" }] } },
        "azure-scope-too-wide.where[0].ceiling: is 'planet'; expected one of managementGroup, subscription, resourceGroup, resource",
    ],
];

describe("a configuration of the policy pack", () => {
    for (const [fact, config, fault] of WRONG) {
        it(`is refused where it ${fact}`, () => {
            const faults = configurationFaults(config);
            assert.equal(faults.length, 1, faults.join("\n"));
            assert.ok(faults[0]?.startsWith(fault), faults[0]);
        });
    }

    it("is told of everything that is wrong with it at once", () => {
        const config = { [RULE]: { celing: "subscription", exceptionDays: 0 }, "no-such-rule-at-all": "advisory" };
        assert.equal(configurationFaults(config).length, 3);
    });

    it("is taken where it is a preset, a level alone, or for all rules", () => {
        for (const each of [
            ...Object.values(presets()),
            { [RULE]: "disabled" },
            { all: "advisory" },
            { environments: ["a"] },
        ])
            assert.deepEqual(configurationFaults(each), []);
    });

    it("never fails to be judged, whatever it is", () => {
        const names = fc.constantFrom(RULE, "azure-role-privileged", "all", "environments", "__proto__");
        fc.assert(
            fc.property(fc.oneof(fc.anything(), fc.dictionary(names, fc.anything())), config => {
                assert.ok(Array.isArray(configurationFaults(config)));
            }),
        );
    });
});

const assignment = (props: object, links: Declared["links"] = {}): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: "grant",
    props: { principalType: "ServicePrincipal", ...props },
    links,
});
const group = (tags: unknown): Declared => ({ ...GROUP, props: { ...GROUP.props, tags } });
const onGroup = (tags: unknown): readonly Declared[] => [assignment({ scope: UNKNOWN }, { scope: [group(tags)] })];
const both = (stack: readonly Declared[], config: object): readonly number[] => [
    stackFindings(azureScopeTooWide, stack, { ...config }).length,
    resourceFindings(azureScopeTooWide, stack, { ...config }).length,
];

/** What no schema can say: what only the rule knows, the calendar, and what would be of no effect. */
const BEYOND_SCHEMA = [
    "gives an option that makes no sense to its rule",
    "has an exception that ends on no day",
    "has an entry for every resource",
    "has an entry that sets nothing",
];

describe("the JSON schema of the configuration", () => {
    const file = join(import.meta.dirname, "../schema/policy-pack.schema.json");
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    const isValid = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);

    it("takes the presets", () => {
        for (const each of Object.values(presets())) assert.ok(isValid(each), JSON.stringify(isValid.errors));
    });

    for (const [fact, config] of WRONG.filter(([each]) => !BEYOND_SCHEMA.includes(each))) {
        it(`refuses a configuration that ${fact}`, () => assert.equal(isValid(config), false));
    }
});

describe("an option for some stacks or tags", () => {
    const wide = [assignment({ scope: SUBSCRIPTION_SCOPE })];

    it("holds in the stacks that its pattern is for, and in no other", () => {
        assert.deepEqual(both(wide, { where: [{ stack: "d*", ceiling: "subscription" }] }), [0, 0]);
        assert.deepEqual(both(wide, { where: [{ stack: "prod*", ceiling: "subscription" }] }), [1, 1]);
    });

    it("goes over the rule's own, and over the entries before it", () => {
        const stricter = { stack: "dev", ceiling: "resource" };
        assert.deepEqual(both(wide, { ceiling: "subscription", where: [stricter] }), [1, 1]);
        assert.deepEqual(both(wide, { where: [stricter, { stack: "*", ceiling: "subscription" }] }), [0, 0]);
    });

    it("holds by a tag of the scope, which the stack half alone can see", () => {
        const config = { where: [{ tags: { environment: "prod" }, ceiling: "resource" }] };
        assert.deepEqual(both(onGroup({ environment: "prod" }), config), [1, 0]);
        assert.deepEqual(both(onGroup({ environment: "test" }), config), [0, 0]);
        assert.deepEqual(both(onGroup(undefined), config), [0, 0]);
    });

    it("holds by a tag that is not known yet where it is the stricter one, and not where it is the laxer", () => {
        const unknown = onGroup({ environment: UNKNOWN });
        assert.deepEqual(both(unknown, { where: [{ tags: { environment: "prod" }, ceiling: "resource" }] }), [1, 0]);
        const lax = { ceiling: "resource", where: [{ tags: { environment: "test" }, ceiling: "resourceGroup" }] };
        assert.deepEqual(both(unknown, lax), [1, 0]);
    });

    it("holds by the tag of the nearest that has it", () => {
        const own = [
            assignment({ scope: UNKNOWN, tags: { environment: "test" } }, { scope: [group({ environment: "prod" })] }),
        ];
        assert.deepEqual(both(own, { where: [{ tags: { environment: "prod" }, ceiling: "resource" }] }), [0, 0]);
    });
});

describe("a pattern", () => {
    it("is for the texts that differ from it in case and where it has a star", () => {
        const cases: readonly (readonly [string, string, boolean])[] = [
            ["Mail.*", "mail.read", true],
            ["Mail.*", "Mailbox.Read", false],
            ["*", "", true],
            ["a.c", "abc", false],
            ["a*c", "abbc", true],
            ["a*c", "abcd", false],
            ["a\nb*", "a\nb\nc", true],
        ];
        for (const [pattern, text, expected] of cases)
            assert.equal(matches(pattern, text), expected, `${pattern} ${text}`);
    });

    it("without a star is for itself alone", () => {
        const text = fc.string().map(each => each.replaceAll("*", ""));
        fc.assert(fc.property(text, text, (a, b) => assert.equal(matches(a, b), a.toLowerCase() === b.toLowerCase())));
    });
});
