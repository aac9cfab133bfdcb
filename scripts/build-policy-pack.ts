/**
 * Bundles the policy pack into policy-pack/dist: the engine's Node host loads packs as CommonJS, `pulumi policy
 * publish` sends the pack's folder alone, and a bundle carries the rules and fact tables in it.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACK = join(ROOT, "policy-pack");
const FACTS = ["app-roles", "azure-actions", "azure-roles"];

/** Builds the pack's bundle. */
export const buildPolicyPack = async (): Promise<void> => {
    rmSync(join(PACK, "dist"), { recursive: true, force: true });
    await build({
        entryPoints: [join(PACK, "index.ts")],
        outfile: join(PACK, "dist", "index.cjs"),
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        external: ["@pulumi/*"],
        banner: { js: 'const packUrl = require("node:url").pathToFileURL(__filename).href;' },
        define: { "import.meta.url": "packUrl" },
        logLevel: "warning",
    });
    const facts = join(PACK, "dist", "facts");
    mkdirSync(facts);
    for (const table of FACTS) cpSync(join(ROOT, "access", "facts", `${table}.json`), join(facts, `${table}.json`));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPolicyPack();
