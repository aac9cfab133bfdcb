import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const EMPTY = `const { PolicyPack } = require("@pulumi/policy"); new PolicyPack("empty", { policies: [] });`;

const folderFor = (name: string): string => {
    const folder = mkdtempSync(join(tmpdir(), `leastwise-pack-${name}-`));
    process.once("exit", () => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "dist"));
    for (const file of ["PulumiPolicy.yaml", "package.json"])
        cpSync(join(ROOT, "policy-pack", file), join(folder, file));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return folder;
};

/** A pack without a rule. */
export const emptyPack = (): string => {
    const folder = folderFor("empty");
    writeFileSync(join(folder, "dist", "index.cjs"), EMPTY);
    return folder;
};

/** The pack as it is published. */
export const ownPack = async (): Promise<string> => {
    const folder = folderFor("own");
    await buildPolicyPack(join(folder, "dist"));
    return folder;
};

/** The same rules, written the usual way. */
export const usualPack = async (): Promise<string> => {
    const folder = await ownPack();
    await build({
        entryPoints: [join(ROOT, "bench", "policy-usual.ts")],
        outfile: join(folder, "dist", "index.cjs"),
        bundle: true,
        platform: "node",
        format: "cjs",
        external: ["@pulumi/*"],
        banner: { js: 'const packUrl = require("node:url").pathToFileURL(__filename).href;' },
        define: { "import.meta.url": "packUrl" },
        logLevel: "warning",
        allowOverwrite: true,
    });
    return folder;
};

const TICKS_PER_SECOND = 100;

/** Seconds of processor time that the host of a pack, which runs in its folder, has taken; undefined where it is gone. */
export const processSeconds = (pid: string, folder: string): number | undefined => {
    try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== folder) return undefined;
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    } catch {
        return undefined;
    }
};

/** Seconds of processor time that the process of a pack has taken, while there is one. Linux alone tells it. */
export const packSeconds = (folder: string): number | undefined => {
    for (const pid of readdirSync("/proc").filter(name => /^\d+$/.test(name))) {
        const seconds = processSeconds(pid, folder);
        if (seconds !== undefined) return seconds;
    }
    return undefined;
};
