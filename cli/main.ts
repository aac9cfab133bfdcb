import { buildProgram } from "./program.ts";
import { describe } from "./report-error.ts";

/** Runs the command line; the process's exit code says how it went. */
export const main = async (argv: readonly string[]): Promise<void> => {
    try {
        await buildProgram().parseAsync(argv);
    } catch (error) {
        process.stderr.write(`${describe(error)}\n`);
        process.exitCode = 1;
    }
};
