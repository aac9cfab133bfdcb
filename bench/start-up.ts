// What share of a preview's time is ours: the time of loading the SDKs alone and with the program, each in processes of
// their own, and of a whole preview of the example. Run: node bench/start-up.ts
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Deployment } from "../cli/deployment.ts";
import { findProject } from "../cli/project.ts";
import { openSandbox, sandboxStateFile } from "../cli/sandbox-session.ts";
import { median } from "./median.ts";

const RUNS = 7;
const root = join(import.meta.dirname, "..");

const sources = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter(name => name.endsWith(".ts"))
        .map(name => readFileSync(join(folder, name), "utf8"));

/** The modules of Pulumi's SDKs that the components and the program name. */
const sdkModules = (): string[] => {
    const text = [...sources(join(root, "components")), readFileSync(join(root, "program.ts"), "utf8")].join("\n");
    return [...new Set([...text.matchAll(/^import (?!type).*from "(@pulumi\/[^"]+)"/gm)].map(match => match[1] ?? ""))];
};

const loading = (modules: readonly string[]): number => {
    const code = `const begun = performance.now(); for (const name of ${JSON.stringify(modules)}) await import(name); console.log(performance.now() - begun); process.exit()`;
    const run = () => Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: root }));
    return median(Array.from({ length: RUNS }, run));
};

const sdk = loading(sdkModules());
const program = loading(["./program.ts"]);
const everything = loading(["@pulumi/pulumi", "@pulumi/azure-native", "@pulumi/azuread"]);
console.log(`loading the SDK modules in use: ${sdk.toFixed(0)} ms (all of both SDKs: ${everything.toFixed(0)} ms)`);
console.log(`loading the program with them: ${program.toFixed(0)} ms, ${(program - sdk).toFixed(0)} ms of it ours`);

const local = mkdtempSync(join(tmpdir(), "leastwise-bench-"));
const project = { ...findProject(root), local };
const session = await openSandbox({ stateFile: sandboxStateFile(local) });
const deployment = await Deployment.open({ project, stack: "example", session });
const previews: number[] = [];
for (let run = 0; run < 3; run++) {
    const begun = performance.now();
    await deployment.preview();
    previews.push(performance.now() - begun);
}
await session.close();
rmSync(local, { recursive: true });
const preview = median(previews);
console.log(
    `a preview of the example: ${preview.toFixed(0)} ms; loading what is ours is ${(((program - sdk) / preview) * 100).toFixed(0)} % of it`,
);
process.exit();
