import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { judgeResources } from "../policy-pack/judge-resources.ts";
import { type Sight, sightOf } from "../policy-pack/moments.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { type Declared, NOW, recordCases, type RuleCase, urnOf } from "./policy-support.ts";

const FOLDER = join(import.meta.dirname, "policy-rules");
const NO_FAULT = /cannot judge|configured wrongly/;

const withLinked = (stack: readonly Declared[]): readonly Declared[] => [
    ...new Map(
        stack
            .flatMap(each => [...withLinked(Object.values(each.links ?? {}).flat()), each])
            .map(each => [urnOf(each), each]),
    ).values(),
];

/** A stack as its state has it. What is unknown stays so: a state can hold that too, after a run that was cut short. */
const stateOf = (stack: readonly Declared[]): unknown => ({
    deployment: {
        resources: withLinked(stack).map(each => ({
            ...{ urn: urnOf(each), type: each.type, custom: true, inputs: each.props, outputs: each.props },
            propertyDependencies: Object.fromEntries(
                Object.entries(each.links ?? {}).map(([key, links]) => [key, links.map(urnOf)]),
            ) as unknown,
        })),
    },
});

const findsIn = (rule: string, { stack, config = {} }: RuleCase): boolean =>
    judgeResources(
        resourcesOfState(stateOf(stack)),
        { all: "disabled", [rule]: { enforcementLevel: "mandatory", ...config } },
        NOW,
    ).some(({ message }) => !NO_FAULT.test(message));

describe("what stops a deployment, and when", () => {
    let cases: ReadonlyMap<string, readonly RuleCase[]>;
    before(async () => {
        cases = await recordCases(async () => {
            for (const file of readdirSync(FOLDER)) await import(`${pathToFileURL(join(FOLDER, file)).href}?moments`);
        });
    });

    const faultsOf = (rule: string): readonly RuleCase[] =>
        (cases.get(rule) ?? []).filter(({ finds = [] }) => finds.some(message => !NO_FAULT.test(message)));

    it("is told of each rule as its own cases show it", () => {
        for (const rule of RULES) {
            const faults = faultsOf(rule.name);
            const alone = faults.filter(({ finds = [], findsOnResource = finds }) => findsOnResource.length > 0).length;
            const sight: Sight = alone === faults.length ? "resource" : alone === 0 ? "stack" : "mostly resource";
            assert.equal(sightOf(rule), sight, rule.name);
        }
    });

    it("is found by each rule in an existing state too", () => {
        for (const { name } of RULES)
            assert.ok(
                faultsOf(name).some(each => findsIn(name, each)),
                `${name} finds nothing in a state`,
            );
    });
});
