/**
 * Bundles the policy pack into policy-pack/dist: the engine's Node host loads packs as CommonJS, `pulumi policy
 * publish` sends the pack's folder alone, and a bundle carries the rules and fact tables in it.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACK = join(ROOT, "policy-pack");
const FACTS = ["app-roles", "azure-actions", "azure-roles", "azure-rest", "graph-calls", "graph-cmdlets"];
const GRAMMAR = ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-powershell/tree-sitter-powershell.wasm"];

/** Builds the pack's bundle, in the pack or in another folder. */
export const buildPolicyPack = async (dist = join(PACK, "dist")): Promise<void> => {
    rmSync(dist, { recursive: true, force: true });
    await build({
        entryPoints: [join(PACK, "index.ts"), join(PACK, "runbook-scan-worker.ts")],
        outdir: dist,
        outExtension: { ".js": ".cjs" },
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        external: ["@pulumi/*"],
        banner: { js: 'const packUrl = require("node:url").pathToFileURL(__filename).href;' },
        define: { "import.meta.url": "packUrl" },
        logLevel: "warning",
    });
    const facts = join(dist, "facts");
    mkdirSync(facts);
    for (const table of FACTS) cpSync(join(ROOT, "access", "facts", `${table}.json`), join(facts, `${table}.json`));
    const grammar = join(dist, "grammar");
    mkdirSync(grammar);
    for (const file of GRAMMAR) cpSync(createRequire(import.meta.url).resolve(file), join(grammar, basename(file)));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPolicyPack();
