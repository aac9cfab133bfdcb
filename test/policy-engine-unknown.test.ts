import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { RULES } from "../policy-pack/rules/index.ts";
import { configOf, isJoinable, isOf, type NumberedCase, programOf, withoutNumbers } from "./policy-programs-cases.ts";
import { recordCases, type RuleCase, UNKNOWN } from "./policy-support.ts";
import { PackStack } from "./setup/pack-run.ts";

const FOLDER = join(import.meta.dirname, "policy-rules");

interface Found {
    readonly rule: string;
    readonly resource: string;
    readonly message: string;
    readonly isMandatory: boolean;
}

const isUnknown = ({ stack }: RuleCase): boolean => JSON.stringify(stack).includes(UNKNOWN);

/** The cases of each rule's own test in which a value is not known. */
const unknownCases = async (): Promise<readonly NumberedCase[]> => {
    const cases = await recordCases(async () => {
        for (const file of readdirSync(FOLDER)) await import(`${pathToFileURL(join(FOLDER, file)).href}?unknown`);
    });
    return [...cases]
        .flatMap(([rule, all]) => all.filter(isUnknown).map(given => ({ rule, given })))
        .map((each, number) => ({ ...each, number }));
};

/** The engine puts the rule's own words before the finding's. */
const findingOf = ({ policyEvent: event }: EngineEvent): Found | undefined =>
    event && {
        rule: event.policyName,
        resource: event.resourceUrn?.split("::").at(-1) ?? "",
        message: event.message.trim().split("\n").slice(1).join("\n"),
        isMandatory: event.enforcementLevel === "mandatory",
    };

/** Paths go from the resources of one case to those of another. */
const isOfAll = ({ rule }: NumberedCase): boolean => rule === "escalation-path";

const mayOpen = ({ given: { finds = [] } }: NumberedCase): boolean => finds.some(each => /may have a path/.test(each));

const expectedOf = ({ given: { finds = [] } }: NumberedCase): readonly string[] => [...new Set(finds)].sort();

const foundIn = (of: NumberedCase, found: readonly Found[]): readonly string[] => {
    const own = found.filter(({ rule, resource }) => rule === of.rule && isOf(of, resource));
    return [...new Set(own.map(({ resource, message }) => withoutNumbers(of, `${resource}: ${message}`)))].sort();
};

describe("the rules on what is not known, on the engine", function () {
    this.timeout(300_000);
    const on = new PackStack();
    let cases: readonly NumberedCase[];

    before(async () => {
        cases = (await unknownCases()).filter(isJoinable);
        await on.open();
    });
    after(() => on.close());

    const preview = async (used: readonly NumberedCase[]): Promise<readonly Found[]> => {
        const byRule = Map.groupBy(used, ({ rule }) => rule);
        const config = join(on.pack.folder, "unknown.json");
        writeFileSync(
            config,
            JSON.stringify(Object.fromEntries([...byRule].map(([rule, own]) => [rule, configOf(own)]))),
        );
        const found: Found[] = [];
        const onEvent = (event: EngineEvent): void => void found.push(...[findingOf(event) ?? []].flat());
        on.stack.program = programOf(used);
        const given = { policyPacks: [on.pack.folder], policyPackConfigs: [config], onEvent };
        await assert.rejects(on.stack.stack.preview(given));
        return found;
    };

    const holds = async (used: readonly NumberedCase[]): Promise<void> => {
        const found = await preview(used);
        assert.ok(
            found.every(({ isMandatory }) => isMandatory),
            "no finding is advice alone",
        );
        const told = (each: NumberedCase, lines: readonly string[]) => [each.rule, each.given.fact, ...lines];
        assert.deepEqual(
            used.map(each => told(each, foundIn(each, found))),
            used.map(each => told(each, expectedOf(each))),
        );
    };

    it("find at a first preview what the cases of each rule say, word for word", async () => {
        const plain = cases.filter(each => each.given.config === undefined && !isOfAll(each));
        assert.deepEqual(
            RULES.map(({ name }) => name).filter(name => !plain.some(({ rule }) => rule === name)),
            ["escalation-path"],
            "each rule but the one that joins all resources has a case",
        );
        await holds(plain);
    });

    it("find paths that what is not known may open", async () => {
        const open = cases.filter(each => each.given.config === undefined && isOfAll(each) && mayOpen(each));
        assert.ok(open.length > 0);
        for (const each of open) await holds([each]);
    });

    it("find at a first preview what their options for what is not known leave", async () => {
        await holds(cases.filter(each => each.given.config !== undefined && !isOfAll(each)));
    });
});
