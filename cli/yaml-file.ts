import { parse } from "yaml";

/** Aliases that the parser unfolds: a small file could grow without bounds by them. */
const MOST_ALIASES = 100;

/**
 * What a YAML file says.
 * @throws Error with the file's name when it is no YAML, or unfolds more than 100 aliases
 */
export const parseYaml = (file: string, text: string): unknown => {
    try {
        return parse(text, { maxAliasCount: MOST_ALIASES + 1 }) as unknown;
    } catch (error) {
        if (error instanceof ReferenceError && /alias count/i.test(error.message)) {
            throw new Error(
                `${file}: got more than ${String(MOST_ALIASES)} YAML aliases ('*name'); expected at most ${String(MOST_ALIASES)}: ` +
                    "write out what they stand for",
                { cause: error },
            );
        }
        throw new Error(`${file}: ${error instanceof Error ? error.message.trim() : String(error)}`, { cause: error });
    }
};
