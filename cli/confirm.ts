import { createInterface } from "node:readline/promises";

/**
 * Asks before something is done that cannot be taken back.
 * @throws Error when the answer is no, or where nobody is there to ask
 */
export const confirm = async (question: string): Promise<void> => {
    if (!process.stdin.isTTY)
        throw new Error(`${question} Nobody is there to answer; say --yes to go on without being asked`);
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close());
    if (!/^y(es)?$/i.test(answer.trim())) throw new Error("nothing was changed");
};
