import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pack } from "../policy-pack/pack.ts";
import { presets } from "../policy-pack/presets.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { generatedDocs } from "../scripts/rule-docs.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const namesIn = (folder: string, end: string): string[] =>
    readdirSync(join(ROOT, folder))
        .filter(file => file.endsWith(end) && file !== "index.ts")
        .map(file => file.slice(0, -end.length))
        .sort();

describe("the catalogue of rules", () => {
    const names = RULES.map(({ name }) => name);

    it("lists every rule once, in the order of names", () => {
        assert.deepEqual(names, [...new Set(names)].sort());
    });

    it("has a file, a doc page and a test for each rule, and none besides", () => {
        assert.deepEqual(namesIn("policy-pack/rules", ".ts"), names);
        assert.deepEqual(namesIn("docs/rules", ".md"), names);
        assert.deepEqual(namesIn("test/policy-rules", ".test.ts"), names);
    });

    it("has a program for each rule that breaks it on the engine", () => {
        const files = readdirSync(join(ROOT, "test")).filter(file => /^policy-(programs|engine).*\.ts$/.test(file));
        const broken = files.map(file => read(`test/${file}`)).join("\n");
        for (const name of names) assert.match(broken, new RegExp(`["\`]${name} [\\w$]`), name);
    });

    it("names each rule's constant as its file", () => {
        for (const name of names) {
            const constant = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
            assert.match(
                read(`policy-pack/rules/${name}.ts`),
                new RegExp(`^export const ${constant} = rule\\(\\{$`, "m"),
            );
        }
    });

    it("tests each rule on what it takes, what it finds and what is unknown", () => {
        for (const name of names) {
            const test = read(`test/policy-rules/${name}.test.ts`);
            for (const part of [/fact: "takes/, /finds: \[/, /\bUNKNOWN\b/]) assert.match(test, part, name);
        }
    });

    it("breaks each rule in a program that the engine runs", () => {
        const programs = readdirSync(join(ROOT, "test")).filter(file => /^policy-(engine|programs).*\.ts$/.test(file));
        const text = programs.map(file => read(`test/${file}`)).join("\n");
        for (const name of names) assert.ok(new RegExp(`"${name} [\\w-]+"`).test(text), name);
    });

    it("has docs, presets and a schema that say what the rules say", async () => {
        for (const [file, text] of await generatedDocs())
            assert.equal(read(file), text, `${file}: run node scripts/rule-docs.ts`);
    });

    it("explains each rule with an example that is refused and one that is taken", () => {
        for (const name of names) {
            const page = read(`docs/rules/${name}.md`);
            for (const part of ["## Why", "Refused:", "Taken:", "## What is judged, and when"])
                assert.ok(page.includes(`\n${part}\n`), `${name}: ${part}`);
        }
    });

    it("says what is wrong as a fact and what to do in the imperative", () => {
        for (const { name, description, remediationSteps } of RULES) {
            assert.match(description, /^[A-Z].*\.$/, name);
            assert.match(remediationSteps, /^[A-Z].*\.$/, name);
        }
    });
});

describe("the policy pack", () => {
    it("stops a deployment for each rule without any configuration", () => {
        assert.deepEqual(
            new Pack().policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]),
            RULES.map(({ name }) => [name, "mandatory"]),
        );
    });

    it("carries severity, steps, doc page and framework of each rule for the engine", () => {
        for (const { name, severity, remediationSteps, url, framework } of new Pack().policies) {
            assert.ok(severity && remediationSteps, name);
            assert.equal(url, `https://unpkg.com/leastwise/docs/rules/${name}.md`);
            assert.equal(framework?.name, "Microsoft cloud security benchmark");
            assert.match(framework.reference, /^(DP|DS|IM|NS|PA|PV)-\d$/);
            assert.match(
                framework.specification,
                /^https:\/\/learn\.microsoft\.com\/security\/benchmark\/azure\/mcsb-[a-z-]+$/,
            );
        }
    });

    it("has both halves in each policy", () => {
        for (const { name, validateResource, validateStack } of new Pack().policies)
            assert.ok(typeof validateResource === "function" && typeof validateStack === "function", name);
    });

    it("takes every option of a preset", () => {
        const schemas = new Map(
            new Pack().policies.map(({ name, configSchema }) => [name, configSchema?.properties ?? {}]),
        );
        for (const config of Object.values(presets())) {
            for (const [name, given] of Object.entries(config)) {
                const keys = Object.keys(given as object).filter(key => key !== "enforcementLevel");
                for (const key of keys) assert.ok(Object.hasOwn(schemas.get(name) ?? {}, key), `${name}.${key}`);
            }
        }
    });

    it("has the version of the package", () => {
        const version = (file: string): unknown => (JSON.parse(read(file)) as { version: unknown }).version;
        assert.equal(version("policy-pack/package.json"), version("package.json"));
    });

    it("asks for the versions of Pulumi that the package is tested with", () => {
        const dependencies = (file: string) =>
            (JSON.parse(read(file)) as { dependencies: Record<string, string> }).dependencies;
        for (const [name, version] of Object.entries(dependencies("policy-pack/package.json")))
            assert.equal(version, dependencies("package.json")[name], name);
    });
});
