import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { findPackageJSON } from "node:module";
import { didYouMean } from "../access/name.ts";
import { parseYaml } from "./yaml-file.ts";

/** A folder with a Pulumi project, and the folder where local state is kept. */
export interface Project {
    readonly folder: string;
    readonly name: string;
    /** `.leastwise` in the folder the command was started in. */
    readonly local: string;
}

const PROJECT_FILE = "Pulumi.yaml";

const packageFolder = (): string => dirname(findPackageJSON(import.meta.url) ?? resolve("package.json"));

/**
 * The project of a folder; where it has none, the example that comes with the package.
 * @throws Error when there is no Pulumi.yaml, or it has no name
 */
export const findProject = (cwd = process.cwd()): Project => {
    const folder = existsSync(join(cwd, PROJECT_FILE)) ? cwd : packageFolder();
    const file = join(folder, PROJECT_FILE);
    if (!existsSync(file))
        throw new Error(`no ${PROJECT_FILE} in ${cwd}; run leastwise in the folder of a Pulumi project`);
    const settings = parseYaml(file, readFileSync(file, "utf8"));
    const name = settings !== null && typeof settings === "object" && "name" in settings ? settings.name : undefined;
    if (typeof name !== "string") throw new Error(`${file}: no 'name' found; expected a project name`);
    return { folder, name, local: join(cwd, ".leastwise") };
};

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

/** Names of the stacks that have a configuration file in a project. */
export const stackNames = (project: Project): string[] =>
    readdirSync(project.folder).flatMap(entry => STACK_FILE.exec(entry)?.[1] ?? []);

/**
 * The configuration file of a stack.
 * @throws Error with the nearest stack's name when there is none
 */
export const stackFile = (project: Project, stack: string): string => {
    const files = [".yaml", ".yml"].map(extension => join(project.folder, `Pulumi.${stack}${extension}`));
    const file = files.find(existsSync);
    if (file !== undefined) return file;
    const names = stackNames(project);
    const hint = didYouMean(stack, names) || (names.length > 0 ? `; there are: ${names.join(", ")}` : "");
    throw new Error(
        `no configuration of a stack '${stack}' in ${project.folder}: Pulumi.${stack}.yaml not found${hint}`,
    );
};

/**
 * The stack that is meant when none is named.
 * @throws Error when there is none, or more than one
 */
export const onlyStack = (project: Project): string => {
    const names = stackNames(project);
    const [name] = names;
    if (name !== undefined && names.length === 1) return name;
    const there = names.length === 0 ? "there is no Pulumi.<stack>.yaml" : `there are: ${names.join(", ")}`;
    throw new Error(`no stack is named; say which with --stack; ${there}`);
};
