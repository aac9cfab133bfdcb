import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

const STANDARD_INPUT = "-";

/**
 * The text of a file, or of standard input for `-`.
 * @throws Error when the file cannot be read
 */
export const readSource = async (source: string): Promise<string> => {
    if (source === STANDARD_INPUT) return text(process.stdin);
    try {
        return await readFile(source, "utf8");
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        const why = code === "ENOENT" ? "there is no such file" : message;
        throw new Error(`cannot read '${source}': ${why}; expected a file, or - for standard input`, {
            cause: error,
        });
    }
};

/**
 * The lines of a file, or of standard input for `-`: trimmed, without empty ones, comments (`#`) and doubles.
 * @throws Error when the file cannot be read
 */
export const readLines = async (source: string): Promise<readonly string[]> => {
    const lines = (await readSource(source)).replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
    const kept = lines.map(line => line.trim()).filter(line => line !== "" && !line.startsWith("#"));
    return [...new Set(kept)];
};
