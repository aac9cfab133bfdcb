import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The way from the repository that a folder is in to the folder, `infra/access`; empty at its root and outside of any. */
export const placeInRepository = (folder: string): string => {
    for (let root = folder; ; root = dirname(root)) {
        if (existsSync(join(root, ".git"))) return relative(root, folder).split(sep).join("/");
        if (root === dirname(root)) return "";
    }
};
