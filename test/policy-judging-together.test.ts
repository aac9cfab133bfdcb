import assert from "node:assert/strict";
import type { EnforcementLevel, ReportViolation } from "@pulumi/policy";
import { judgingTogether } from "../policy-pack/judging-together.ts";
import type { Policy } from "../policy-pack/policy.ts";

type Levels = Readonly<Record<string, EnforcementLevel>>;

const policy = (name: string, mends = false): Policy => ({
    name,
    description: `${name} is so.`,
    severity: "high",
    validateResource: (args, report) => report(`${args.urn} with ${JSON.stringify(args.getConfig())}`),
    validateStack: (args, report) =>
        report(`${args.resources.length} with ${JSON.stringify(args.getConfig())}`, "urn:x"),
    ...(mends && { remediateResource: () => undefined }),
});

const together = (
    policies: readonly Policy[],
    levels: Levels | undefined,
    gates: readonly string[] = ["a", "b", "c"],
) =>
    judgingTogether(policies, {
        configured: levels !== undefined,
        levelOf: name => levels?.[name],
        gates: name => gates.includes(name),
        propertiesOf: name => ({ of: name }),
    });

/** What the host gives a policy of the pack; the rest is not read here. */
const ARGS = { urn: "urn:it", resources: [{}, {}], getConfig: () => ({ of: "host" }) } as never;

/** What each policy reports by itself, in order. */
const reported = (half: "validateResource" | "validateStack", policies: readonly Policy[]): unknown[] => {
    const found: unknown[] = [];
    for (const each of policies) {
        const validate = each[half] as ((args: never, report: ReportViolation) => void) | undefined;
        validate?.(ARGS, (message, urn) => found.push(urn === undefined ? message : [message, urn]));
    }
    return found;
};

const POLICIES = [policy("a"), policy("b"), policy("c", true)];

describe("policies that judge together", () => {
    it("judge each by itself until the engine has configured them", () => {
        const policies = together(POLICIES, undefined);
        assert.deepEqual(
            reported("validateResource", policies),
            [1, 2, 3].map(() => 'urn:it with {"of":"host"}'),
        );
        assert.deepEqual(
            reported("validateStack", policies),
            [1, 2, 3].map(() => ['2 with {"of":"host"}', "urn:x"]),
        );
    });

    it("leave it to the first that is not disabled, which reports for each what it found, at its level and settings", () => {
        const policies = together(POLICIES, { a: "disabled", b: "advisory", c: "remediate" });
        const told = (name: string, enforcementLevel: string, found: string, urn?: string) => ({
            name,
            message: `${name} is so.\n${found} with {"of":"${name}"}`,
            description: `${name} is so.`,
            urn,
            enforcementLevel,
            severity: "high",
        });
        assert.deepEqual(reported("validateResource", policies), [
            told("b", "advisory", "urn:it"),
            told("c", "mandatory", "urn:it"),
        ]);
        assert.deepEqual(reported("validateStack", policies), [
            told("b", "advisory", "2", "urn:x"),
            told("c", "mandatory", "2", "urn:x"),
        ]);
        assert.deepEqual(
            policies.map(each => [typeof each.validateResource, typeof each.validateStack]),
            [
                ["undefined", "undefined"],
                ["function", "function"],
                ["function", "undefined"],
            ],
        );
    });

    it("show a resource to those that gate, and to the first, which takes it in", () => {
        const levels: Levels = { a: "disabled" };
        const shown = (gates: readonly string[]): unknown[] =>
            reported("validateResource", together(POLICIES, levels, gates)).map(
                each => (each as { name: string }).name,
            );
        assert.deepEqual([[], ["a"], ["b"], ["c"], ["b", "c"]].map(shown), [
            ["b"],
            ["b"],
            ["b"],
            ["b", "c"],
            ["b", "c"],
        ]);
    });

    it("go on to the next where the first is disabled later", () => {
        const levels: Record<string, EnforcementLevel> = {};
        const policies = together(POLICIES, levels);
        const judging = (): string[] =>
            policies.filter(({ validateStack }) => typeof validateStack === "function").map(({ name }) => name);
        assert.deepEqual(judging(), ["a"]);
        Object.assign(levels, { a: "disabled", b: "disabled" });
        assert.deepEqual(judging(), ["c"]);
        Object.assign(levels, { c: "disabled" });
        assert.deepEqual(judging(), []);
    });

    it("are otherwise the policies that they were", () => {
        const policies = together(POLICIES, {});
        assert.deepEqual(
            policies.map(({ name, description, severity, remediateResource }) => ({
                ...{ name, description, severity, mends: remediateResource !== undefined },
            })),
            POLICIES.map(({ name, description, severity }) => ({ name, description, severity, mends: name === "c" })),
        );
    });
});
