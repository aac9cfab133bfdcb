/**
 * Bundles the policy pack into policy-pack/dist: the engine's Node host loads packs as CommonJS, `pulumi policy
 * publish` sends the pack's folder alone, and a bundle carries the rules and fact tables in it.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACK = join(ROOT, "policy-pack");
const FACTS = join(ROOT, "access", "facts");
const GRAMMAR = ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-powershell/tree-sitter-powershell.wasm"];

/** Puts a folder in the place of another, so that an engine that starts meanwhile finds the one or the other. */
const putInPlace = (made: string, place: string): void => {
    const old = `${made}-old`;
    if (existsSync(place)) renameSync(place, old);
    renameSync(made, place);
    rmSync(old, { recursive: true, force: true });
};

/** Builds the pack's bundle, in the pack or in another folder. */
export const buildPolicyPack = async (place = join(PACK, "dist")): Promise<void> => {
    const dist = mkdtempSync(join(dirname(place), ".dist-"));
    await bundle(dist);
    putInPlace(dist, place);
};

const bundle = async (dist: string): Promise<void> => {
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
    for (const table of readdirSync(FACTS).filter(name => name.endsWith(".json")))
        cpSync(join(FACTS, table), join(facts, table));
    const grammar = join(dist, "grammar");
    mkdirSync(grammar);
    for (const file of GRAMMAR) cpSync(createRequire(import.meta.url).resolve(file), join(grammar, basename(file)));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPolicyPack();
