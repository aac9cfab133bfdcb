import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { findEngine } from "../toolchain/engine.ts";
import { which } from "../toolchain/executables.ts";
import { findGo, LEAST_GO } from "../toolchain/go-build.ts";
import { PINNED_VERSION } from "../toolchain/version.ts";
import { findProject, stackNames } from "./project.ts";

/** One thing that was looked for. */
export interface Check {
    readonly name: string;
    readonly status: "found" | "absent" | "missing";
    /** What it is needed for. */
    readonly use: string;
    /** Where it was found, or what to do to have it. */
    readonly detail: string;
}

const found = (name: string, use: string, detail: string): Check => ({ name, use, detail, status: "found" });
const absent = (name: string, use: string, detail: string): Check => ({ name, use, detail, status: "absent" });
const missing = (name: string, use: string, detail: string): Check => ({ name, use, detail, status: "missing" });

const checkGo = (): Promise<Check> => {
    const use = "building the engine, where it cannot be downloaded";
    return findGo(process.env).then(
        go => found("Go", use, `${go.version} at ${go.path}`),
        (error: Error) => absent("Go", use, error.message),
    );
};

const checkEngine = async (go: Check): Promise<Check> => {
    const use = "everything that deploys";
    const name = "Pulumi engine";
    const engine = await findEngine().catch((error: Error) => ({ missing: error.message }));
    if (!("missing" in engine)) return found(name, use, `${engine.version} at ${engine.path} (${engine.source})`);
    if (go.status === "found") {
        return absent(
            name,
            use,
            `${engine.missing}; the first run downloads ${PINNED_VERSION}, or builds it in minutes`,
        );
    }
    const remedy = `put pulumi ${PINNED_VERSION} on PATH, or allow access to get.pulumi.com, or install Go ${LEAST_GO}`;
    return missing(name, use, `${engine.missing}; ${remedy}`);
};

const PLUGINS = ["azure-native", "azuread"];

const checkPlugin = (plugin: string): Check => {
    const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    const folder = join(home, "plugins");
    const versions = (existsSync(folder) ? readdirSync(folder) : [])
        .filter(entry => entry.startsWith(`resource-${plugin}-v`) && !entry.endsWith(".lock"))
        .map(entry => entry.slice(`resource-${plugin}-v`.length));
    const use = "real Azure only; the sandbox has a stand-in";
    return versions.length > 0
        ? found(`Plugin ${plugin}`, use, versions.join(", "))
        : absent(`Plugin ${plugin}`, use, "the engine downloads it when it is first needed");
};

const checkAzureCli = (): Check => {
    const path = which("az");
    const use = "signing in to real Azure, where no ARM_* variables are set";
    return path === undefined ? absent("Azure CLI", use, "no 'az' on PATH") : found("Azure CLI", use, path);
};

const checkProject = (): Check => {
    const use = "what is deployed";
    try {
        const project = findProject();
        return found("Project", use, `${project.name} in ${project.folder}; stacks: ${stackNames(project).join(", ")}`);
    } catch (error) {
        return missing("Project", use, (error as Error).message);
    }
};

const checkSandbox = (): Check => {
    const file = join(process.cwd(), ".leastwise", "sandbox.json");
    const use = "the local Azure of 'leastwise start'";
    return existsSync(file)
        ? found("Sandbox state", use, `${file}, ${Math.ceil(statSync(file).size / 1024)} KiB`)
        : absent("Sandbox state", use, "nothing deployed here yet");
};

/** Looks for everything that Leastwise uses. Makes, downloads and starts nothing. */
export const examine = async (): Promise<Check[]> => {
    const go = await checkGo();
    return [
        found("Node", "running Leastwise", `${process.version} at ${process.execPath}`),
        await checkEngine(go),
        go,
        checkProject(),
        checkSandbox(),
        ...PLUGINS.map(checkPlugin),
        checkAzureCli(),
    ];
};

/** True when nothing that is needed is missing. */
export const isHealthy = (checks: readonly Check[]): boolean => checks.every(({ status }) => status !== "missing");

const MARK = { found: ["green", "✓"], absent: ["yellow", "–"], missing: ["red", "✗"] } as const;

/** The checks as lines: mark, name, detail, and below what it is for where it is not there. */
export const report = (checks: readonly Check[]): string => {
    const width = Math.max(...checks.map(({ name }) => name.length));
    const lines = checks.map(({ name, status, detail, use }) => {
        const [colour, sign] = MARK[status];
        const mark = styleText(colour, sign, { stream: process.stdout });
        return `${mark} ${name.padEnd(width)}  ${status === "found" ? detail : `${status}: ${detail} (for: ${use})`}`;
    });
    return lines.join("\n");
};
