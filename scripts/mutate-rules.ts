/**
 * Removes the check of each rule in turn and runs the rule's own cases against what is left: a case must fail, or
 * nothing would show that the rule had stopped working. Prints a line for each rule.
 * Run with `npm run mutate`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RULES } from "../policy-pack/rules/index.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");

/** Names the rule that a run of the tests is to break. */
export const MUTANT = "LEASTWISE_MUTANT";

interface Survived {
    readonly failures: number;
    readonly passes: number;
}

/** A module that empties the check of the rule that the environment names, before any test is read. */
const HOOK = `
    import { RULES } from ${JSON.stringify(new URL("../policy-pack/rules/index.ts", import.meta.url).href)};
    const rule = RULES.find(({ name }) => name === process.env.${MUTANT});
    if (rule === undefined) throw new Error("no rule to break");
    Object.assign(rule, { check: () => [] });
`;

const runWithout = (rule: string, hook: string): Survived => {
    const test = join(ROOT, "test", "policy-rules", `${rule}.test.ts`);
    const args = ["--import", hook, mocha, "--no-config", "--timeout", "60000", "--reporter", "json", test];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, [MUTANT]: rule },
    });
    try {
        return (JSON.parse(stdout.slice(stdout.indexOf("{"))) as { stats: Survived }).stats;
    } catch (error) {
        throw new Error(`the tests of ${rule} did not run: ${stderr}`, { cause: error });
    }
};

const main = (): void => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-mutate-"));
    const hook = join(folder, "break-rule.mjs");
    writeFileSync(hook, HOOK);
    for (const { name } of RULES) {
        const { failures, passes } = runWithout(name, hook);
        console.log(
            `${failures > 0 ? "killed  " : "SURVIVED"}  ${name}: ${failures} of ${failures + passes} cases fail`,
        );
        if (failures === 0) process.exitCode = 1;
    }
    rmSync(folder, { recursive: true });
};

if (import.meta.main) main();
