/**
 * Writes what follows from the rules: docs/RULES.md, the header of each rule's page, the presets, and the schema
 * of the configuration.
 * With --check it writes nothing and fails where a file differs.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { configurationSchema } from "../policy-pack/configuration.ts";
import { momentsOf } from "../policy-pack/moments.ts";
import { type Preset, presets } from "../policy-pack/presets.ts";
import type { Rule } from "../policy-pack/rule.ts";
import { RULES } from "../policy-pack/rules/index.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COMMAND = "node scripts/rule-docs.ts";
const END = "<!-- end of the generated header -->";
const SCHEMA = "schema/policy-pack.schema.json";
const PRESETS: readonly Preset[] = ["strict", "baseline", "audit"];

const levelIn = (preset: Preset, { name }: Rule): string => {
    const config = presets()[preset][name];
    if (typeof config !== "object") throw new Error(`preset '${preset}' has no level for rule '${name}'`);
    const { enforcementLevel = "", ...options } = config;
    const settings = Object.entries(options).map(([key, value]) => ` (${key}: ${String(value)})`);
    return `${enforcementLevel}${settings.join("")}`;
};

const controlsOf = ({ controls }: Rule): string =>
    `MCSB ${controls.mcsb}${controls.cis === undefined ? "" : `, CIS Azure 2.0.0 ${controls.cis}`}`;

const optionRows = ({ options }: Rule): string[] =>
    Object.entries(options).map(
        ([key, option]) =>
            `| Option \`${key}\` | ${option.description} Default: \`${JSON.stringify(option.default)}\` |`,
    );

const header = (rule: Rule): string =>
    [
        `# ${rule.name}`,
        "",
        `<!-- generated: run '${COMMAND}' -->`,
        "",
        rule.description,
        "",
        "| | |",
        "| --- | --- |",
        `| Severity | ${rule.severity} |`,
        ...PRESETS.map(preset => `| In ${preset} | ${levelIn(preset, rule)} |`),
        `| Controls | ${controlsOf(rule)} |`,
        ...optionRows(rule),
        "",
        `**To mend:** ${rule.remediationSteps}`,
        "",
        END,
    ].join("\n");

const table = (): string =>
    [
        "| Rule | Says | Severity | Baseline | Controls |",
        "| --- | --- | --- | --- | --- |",
        ...RULES.map(
            rule =>
                `| [${rule.name}](rules/${rule.name}.md) | ${rule.description} | ${rule.severity} | ${levelIn("baseline", rule)} | ${controlsOf(rule)} |`,
        ),
    ].join("\n");

const moments = (): string =>
    [
        "| Rule | First preview | Later preview | Update | Update that skips the preview | Existing state |",
        "| --- | --- | --- | --- | --- | --- |",
        ...RULES.map(rule => {
            const { firstPreview, laterPreview, update, updateWithoutPreview, existingState } = momentsOf(rule);
            return `| ${[rule.name, firstPreview, laterPreview, update, updateWithoutPreview, existingState].join(" | ")} |`;
        }),
    ].join("\n");

const withHeader = (file: string, head: string): string => {
    const old = existsSync(file) ? readFileSync(file, "utf8") : END;
    const at = old.indexOf(END);
    if (at < 0) throw new Error(`${file} has no line '${END}' to write the header before`);
    return `${head}${old.slice(at + END.length)}`;
};

const schemaText = (): Promise<string> =>
    format(JSON.stringify(configurationSchema()), { parser: "json", tabWidth: 4, printWidth: 120 });

/** Every generated file, by its path in the project, as it should be. */
export const generatedDocs = async (): Promise<ReadonlyMap<string, string>> => {
    const pages = RULES.map((rule): [string, string] => {
        const file = `docs/rules/${rule.name}.md`;
        return [file, withHeader(join(ROOT, file), header(rule))];
    });
    const catalogue = `# Rules\n\n<!-- generated: run '${COMMAND}' -->\n\n${table()}\n\n## When each stops a deployment\n\n${moments()}\n\n${END}`;
    const files = PRESETS.map((preset): [string, string] => [
        `policy-pack/presets/${preset}.json`,
        `${JSON.stringify(presets()[preset], null, 4)}\n`,
    ]);
    const schema: [string, string] = [SCHEMA, await schemaText()];
    return new Map([["docs/RULES.md", withHeader(join(ROOT, "docs/RULES.md"), catalogue)], ...pages, ...files, schema]);
};

const main = async (check: boolean): Promise<void> => {
    for (const [file, text] of await generatedDocs()) {
        const path = join(ROOT, file);
        if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
        if (!check) writeFileSync(path, text);
        else {
            console.error(`${file} is not what the rules say; run '${COMMAND}'`);
            process.exitCode = 1;
        }
    }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes("--check"));
