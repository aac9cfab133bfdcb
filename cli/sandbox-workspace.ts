import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import writeFileAtomic from "write-file-atomic";
import { type Project, stackFile } from "./project.ts";
import { parseYaml } from "./yaml-file.ts";

/** Where a stack's project and configuration files lie for the engine, and the environment that it reads them with. */
export interface Workspace {
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
}

const ensurePassphrase = async (file: string): Promise<void> => {
    if (existsSync(file)) return;
    await writeFileAtomic(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
};

interface StackSettings {
    readonly encryptionsalt?: string;
    readonly config?: Readonly<Record<string, unknown>>;
}

const hasSecret = (value: unknown): boolean =>
    value !== null &&
    typeof value === "object" &&
    ("secure" in value ? typeof value.secure === "string" : Object.values(value).some(hasSecret));

const readSettings = async (file: string): Promise<StackSettings> =>
    (parseYaml(file, await readFile(file, "utf8")) ?? {}) as StackSettings;

/** The project without its entry point: the program runs in this process, and the engine would look for a file. */
const copyProject = async (from: string, to: string): Promise<void> => {
    const settings = parseYaml(from, await readFile(from, "utf8")) as Record<string, unknown>;
    delete settings["main"];
    await writeFileAtomic(to, stringify(settings));
};

/** Stands for a secret where none may be read. */
const HIDDEN = "hidden";

const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    if (value === null || typeof value !== "object") return value;
    if ("secure" in value && typeof value.secure === "string") return HIDDEN;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, hide(part)]));
};

/** The stack's configuration, with the salt that belongs to the sandbox's passphrase. */
const writeSettings = async (from: string, to: string, hideSecrets: boolean): Promise<void> => {
    const { config: given = {} } = await readSettings(from);
    const config = hideSecrets ? (hide(given) as typeof given) : given;
    const secret = Object.entries(config).find(([, value]) => hasSecret(value));
    if (secret !== undefined) {
        throw new Error(
            `${from}: '${secret[0]}' is encrypted for another stack, and the sandbox has no key for it; ` +
                "use a plain value in a stack that runs in the sandbox",
        );
    }
    const known = await readSettings(to).catch((): StackSettings => ({}));
    const salt = known.encryptionsalt === undefined ? {} : { encryptionsalt: known.encryptionsalt };
    await writeFileAtomic(to, stringify({ ...salt, config }));
};

/**
 * A file's attributes would be written to a second file, which an engine killed at that moment leaves empty and the
 * next one cannot read.
 */
const WHOLE_FILES = "metadata=skip";

/**
 * Prepares a stack that lives in the sandbox: its state, its passphrase and its copy of the configuration are kept
 * under `.leastwise`, so that nothing of the project and nothing in the user's home is touched.
 */
export const sandboxWorkspace = async (project: Project, stack: string, hideSecrets = false): Promise<Workspace> => {
    const source = stackFile(project, stack);
    const folder = join(project.local, "stacks", stack);
    const backend = join(project.local, "backend");
    const passphrase = join(project.local, "passphrase");
    await Promise.all([folder, backend].map(path => mkdir(path, { recursive: true })));
    await Promise.all([
        ensurePassphrase(passphrase),
        copyProject(join(project.folder, "Pulumi.yaml"), join(folder, "Pulumi.yaml")),
        writeSettings(source, join(folder, `Pulumi.${stack}.yaml`), hideSecrets),
    ]);
    const env = {
        PULUMI_BACKEND_URL: `${pathToFileURL(backend).href}?${WHOLE_FILES}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
        PULUMI_HOME: join(project.local, "pulumi"),
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    };
    return { folder, env };
};

/** A stack in real Azure: the project's own files, and whatever backend the user is signed in to. */
export const projectWorkspace = (project: Project, stack: string): Workspace => {
    stackFile(project, stack);
    return { folder: project.folder, env: {} };
};
