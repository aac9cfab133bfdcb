import { readSource } from "./read-lines.ts";

/**
 * What a JSON file holds, or standard input for `-`.
 * @throws Error when it cannot be read, or is no JSON
 */
export const readJson = async (source: string): Promise<unknown> => {
    const text = (await readSource(source)).replace(/^\uFEFF/, "");
    try {
        return JSON.parse(text) as unknown;
    } catch (error) {
        throw new Error(`'${source}' is no JSON: ${(error as Error).message}`, { cause: error });
    }
};
