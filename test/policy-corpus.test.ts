import assert from "node:assert/strict";
import type { Finding } from "../access/finding.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { judgeResources } from "../policy-pack/judge-resources.ts";
import { presets } from "../policy-pack/presets.ts";
import { corpus, planOf, stateOf } from "./policy-corpus.ts";
import { judgePlan, NOW } from "./policy-support.ts";

const LANGUAGES = ["TypeScript", "Python", "Go", "C#", "YAML", "Java"];
const BASELINE = presets().baseline;

const line = ({ rule, urn }: Pick<Finding, "rule" | "urn">): string => `${rule} ${urn.split("::").at(-1) ?? ""}`;
const stopping = (findings: readonly Pick<Finding, "rule" | "urn" | "mandatory">[]): string[] =>
    [...new Set(findings.filter(({ mandatory }) => mandatory).map(line))].sort();

describe("the baseline preset, on programs as people write them", () => {
    for (const program of corpus()) {
        const { file, what, stops, language } = program;
        const verdict = stops.length === 0 ? "lets pass" : "stops";

        it(`${verdict} ${what}, at its first preview (${file}, ${language})`, () => {
            assert.deepEqual(stopping(judgePlan(planOf(program), BASELINE)), stops);
        });

        it(`${verdict} ${what}, once it is deployed (${file})`, () => {
            const found = judgeResources(resourcesOfState(stateOf(program)), BASELINE, NOW);
            assert.deepEqual(stopping(found), stops);
        });
    }
});

describe("the corpus", () => {
    it("has programs of every language that Pulumi runs, of each provider, and more sane ones than others", () => {
        const programs = corpus();
        for (const language of LANGUAGES)
            assert.ok(
                programs.some(program => program.language.startsWith(language)),
                language,
            );
        const packages = new Set(programs.flatMap(({ resources }) => resources.map(({ type }) => type.split(":")[0])));
        for (const name of ["azure-native", "azuread", "azure", "azurerm"]) assert.ok(packages.has(name), name);
        const sane = programs.filter(({ stops }) => stops.length === 0).length;
        assert.ok(sane >= 30 && sane > programs.length / 2, String(sane));
    });
});
