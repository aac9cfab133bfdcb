import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";

interface Manifest {
    readonly version: string;
}

/** The version of this package. */
export const packageVersion = (): string => {
    const manifest = findPackageJSON(import.meta.url);
    if (manifest === undefined) throw new Error("package.json of leastwise not found; install the package again");
    return (JSON.parse(readFileSync(manifest, "utf8")) as Manifest).version;
};
