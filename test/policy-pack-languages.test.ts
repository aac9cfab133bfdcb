import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CorpusProgram, corpus, stateOf } from "./policy-corpus.ts";
import { BuiltPack } from "./setup/pack-run.ts";
import { PulumiCli } from "./setup/pulumi-cli.ts";

interface PolicyEvent {
    readonly policyName: string;
    readonly resourceUrn?: string;
    readonly enforcementLevel: string;
}

/** Of each way to write a program, the one of the corpus in which the most is wrong, and one in which nothing is. */
const oneOfEach = (programs: readonly CorpusProgram[]): readonly CorpusProgram[] => {
    const languages = [...new Set(programs.map(({ language }) => language))];
    return languages.flatMap(language => {
        const own = programs.filter(each => each.language === language);
        const [worst] = [...own].sort((a, b) => b.stops.length - a.stops.length);
        const sane = own.find(({ stops }) => stops.length === 0);
        return [worst, sane].filter(
            (each, at, all) => each !== undefined && all.indexOf(each) === at,
        ) as CorpusProgram[];
    });
};

/** Rule and resource of what stops a deployment, in the events that the engine writes. */
const stoppedIn = (events: string): string[] => {
    const found = events
        .trim()
        .split("\n")
        .map(line => (JSON.parse(line) as { policyEvent?: PolicyEvent }).policyEvent)
        .filter(each => each?.enforcementLevel === "mandatory")
        .map(each => `${each?.policyName} ${each?.resourceUrn?.split("::").at(-1) ?? ""}`);
    return [...new Set(found)].sort();
};

describe("the policy pack on stacks of programs in every language, by the engine", function () {
    this.timeout(60_000);
    const pack = new BuiltPack();
    const cli = new PulumiCli();
    let folder: string;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-languages-"));
        await pack.build();
    });
    after(() => {
        cli.close();
        pack.close();
        rmSync(folder, { recursive: true });
    });

    for (const program of oneOfEach(corpus())) {
        const { language, what, stops } = program;
        it(`${stops.length === 0 ? "passes" : "fails"} ${what} (${language})`, async () => {
            writeFileSync(join(folder, "state.json"), JSON.stringify(stateOf(program)));
            const config = join(pack.folder, "presets", "baseline.json");
            const packs = ["--policy-pack", pack.folder, "--policy-pack-config", config];
            const ran = await cli.run(folder, ["policy", "analyze", "--file", "state.json", "--json", ...packs]);
            assert.deepEqual(stoppedIn(ran.stdout), stops, ran.stderr);
            assert.equal(ran.code === 0, stops.length === 0);
        });
    }
});
