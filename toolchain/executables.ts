import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const isExecutable = (path: string): boolean => {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
};

/** File name of an executable on this platform. */
export const executableName = (name: string): string => (process.platform === "win32" ? `${name}.exe` : name);

/** The first executable of that name in the folders of a PATH, or undefined. */
export const which = (name: string, path = process.env["PATH"] ?? ""): string | undefined =>
    path
        .split(delimiter)
        .filter(folder => folder !== "")
        .map(folder => join(folder, executableName(name)))
        .find(isExecutable);
