import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

const PACKAGE = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Names of the packages of which a bundle holds code. */
const packagesIn = ({ outputs }: Metafile): string[] =>
    Object.values(outputs)
        .flatMap(({ inputs }) => Object.entries(inputs))
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => PACKAGE.exec(path)?.[1] ?? "")
        .filter(name => name !== "");

const licenceIn = (folder: string): string => {
    const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
    if (file === undefined) throw new Error(`${folder} has no licence file; expected one to send with the bundle`);
    return readFileSync(join(folder, file), "utf8").trim();
};

const headed = (title: string, folder: string): string => `${title}\n\n${licenceIn(folder)}\n`;

/**
 * The licences that a bundle is under: the project's own, then one for each package that it holds a part of.
 * @throws Error for a package without a licence file
 */
export const bundledLicences = (root: string, metafile: Metafile, besides: readonly string[]): string => {
    const modules = join(root, "node_modules");
    const names = [...new Set([...packagesIn(metafile), ...besides])].sort();
    const held = names.map(name => {
        const { version } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")) as {
            version: string;
        };
        return headed(`Holds parts of ${name} ${version}`, join(modules, name));
    });
    return [headed("Leastwise", root), ...held].join(`\n${"-".repeat(80)}\n\n`);
};
