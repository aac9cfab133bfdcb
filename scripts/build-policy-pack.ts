/**
 * Bundles the policy pack into policy-pack/dist: the engine's Node host loads packs as CommonJS, `pulumi policy
 * publish` sends the pack's folder alone, and a bundle carries the rules and fact tables in it.
 */
import {
    chmodSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { LEAST_NODE } from "../policy-pack/node-version.ts";
import { bundledLicences } from "./bundled-licences.ts";

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
    chmodSync(dist, 0o755);
    putInPlace(dist, place);
};

/** Tables with what each comes from, and the grammar. */
const copyData = (dist: string): void => {
    const [facts, grammar] = [join(dist, "facts"), join(dist, "grammar")];
    mkdirSync(facts);
    mkdirSync(grammar);
    for (const table of readdirSync(FACTS).filter(name => /\.(json|md)$/.test(name)))
        cpSync(join(FACTS, table), join(facts, table));
    for (const file of GRAMMAR) cpSync(createRequire(import.meta.url).resolve(file), join(grammar, basename(file)));
};

const bundle = async (dist: string): Promise<void> => {
    const { metafile } = await build({
        entryPoints: [join(PACK, "index.ts"), join(PACK, "runbook-scan-worker.ts")],
        outdir: dist,
        outExtension: { ".js": ".cjs" },
        bundle: true,
        platform: "node",
        target: `node${LEAST_NODE}`,
        format: "cjs",
        external: ["@pulumi/*"],
        loader: { ".md": "text" },
        metafile: true,
        banner: { js: 'const packUrl = require("node:url").pathToFileURL(__filename).href;' },
        define: { "import.meta.url": "packUrl" },
        logLevel: "warning",
    });
    copyData(dist);
    const ofGrammar = GRAMMAR.map(dirname);
    writeFileSync(join(dist, "LICENCES.txt"), bundledLicences(ROOT, metafile, ofGrammar));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPolicyPack();
