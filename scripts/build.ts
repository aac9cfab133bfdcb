/** Builds dist/, which an installed package runs: Node does not strip types below node_modules. */
import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(ROOT, "dist");
const FOLDERS = ["access", "cli", "components", "config", "review", "sandbox", "toolchain"];

/** Files that the code reads at run time: all that lie beside it and are not source or prose. */
const isData = (path: string): boolean => ![".ts", ".md"].includes(extname(path)) && basename(path) !== ".DS_Store";

rmSync(DIST, { recursive: true, force: true });
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc");
const options = { cwd: ROOT, stdio: ["ignore", process.stderr, "inherit"] } satisfies SpawnSyncOptions;
const { status } = spawnSync(process.execPath, [tsc, "--project", "tsconfig.build.json"], options);
if (status !== 0) process.exit(status ?? 1);
for (const folder of FOLDERS) {
    cpSync(join(ROOT, folder), join(DIST, folder), { recursive: true, filter: isData });
}
