import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";

/** A script that another one uses, with a hash of its text; null when it was not there. */
export interface Sibling {
    readonly name: string;
    readonly hash: string | null;
}

/** A hash by which two texts are told apart. */
export const hashOf = (...texts: readonly (string | Uint8Array)[]): string => {
    const hash = createHash("sha256");
    for (const text of texts) hash.update(String(text.length)).update(":").update(text);
    return hash.digest("hex");
};

const isWithin = (folder: string, path: string): boolean => {
    const way = relative(folder, path);
    return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
};

/** The text of a script in a folder, by the name that another one there uses; nothing outside of the folder is read. */
export const readSibling = (folder: string, name: string): Uint8Array | undefined => {
    const place = name.replaceAll("\\", "/");
    for (const path of [resolve(folder, place), resolve(folder, basename(place))]) {
        if (!isWithin(folder, path)) continue;
        try {
            return readFileSync(path);
        } catch {
            continue;
        }
    }
    return undefined;
};

/** A sibling as it is now. */
export const siblingNow = (folder: string, name: string): Sibling => {
    const text = readSibling(folder, name);
    return { name, hash: text === undefined ? null : hashOf(text) };
};
