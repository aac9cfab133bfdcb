import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compileAzure } from "./facts-azure.ts";
import { compileDirectoryRoles } from "./facts-directory.ts";
import { compileGraphFacts } from "./facts-graph.ts";
import type { GraphOptions } from "./facts-graph.ts";

/**
 * Compiles every table from the raw tables in `folder`, and replaces those in `out` once all are compiled. Throws an
 * Error, with `out` untouched, when a raw table is missing or does not have the shape expected.
 */
export const compileFacts = (folder: string, out: string, options: GraphOptions = {}): void => {
    const compiled = mkdtempSync(join(out, ".compiled-"));
    try {
        compileGraphFacts(folder, compiled, options);
        compileAzure(folder, compiled);
        compileDirectoryRoles(folder, compiled);
        for (const file of readdirSync(compiled)) renameSync(join(compiled, file), join(out, file));
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`the raw tables cannot be compiled: ${reason}`, { cause: error });
    } finally {
        rmSync(compiled, { recursive: true, force: true });
    }
};
