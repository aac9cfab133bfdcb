import { createRequire } from "node:module";

const GONE = ["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"];
const load = createRequire(import.meta.url);

/** A module that the SDKs do not declare; nothing where their version has none of that name. */
export const inner = <T extends object>(name: string): Partial<T> => {
    try {
        return load(name) as T;
    } catch (error) {
        if (GONE.includes((error as NodeJS.ErrnoException).code ?? "")) return {};
        throw error;
    }
};
