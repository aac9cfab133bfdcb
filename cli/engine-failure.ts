const COMMAND_RESULT = /^\s*code: (-?\d+)\n/;
const ERROR_LINE = /^(?:.*\n)*?error: ([\s\S]*?)(?:\n\s*(?:err\?:|stdout:|at )|$)/;

/**
 * The engine's failure in its own words, without the transcript that the Automation API makes of it; an engine that
 * said nothing was stopped from outside.
 */
export const engineFailure = (title: string, error: unknown): Error => {
    if (!(error instanceof Error)) return new Error(`${title} failed: ${String(error)}`);
    if (!COMMAND_RESULT.test(error.message)) return error;
    const words = ERROR_LINE.exec(error.message)?.[1]?.trim();
    if (words !== undefined && words !== "") return new Error(`${title} failed: ${words}`, { cause: error });
    return new Error(
        `${title} was cut short: the engine was stopped from outside; run the command again, it settles what is open`,
        { cause: error },
    );
};
