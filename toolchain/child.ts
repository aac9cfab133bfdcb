import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ChildOptions {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
    /** Called with each line the child writes to standard error. */
    readonly onLine?: (line: string) => void;
}

const LINES_KEPT = 12;

/**
 * Runs a child process to its end and gives its standard output.
 * @throws Error with the last lines of its standard error when it fails; when it is told to stop, once it has ended.
 */
export const runChild = async (command: string, args: readonly string[], options: ChildOptions): Promise<string> => {
    const { cwd, env, signal } = options;
    const child = spawn(command, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    const last: string[] = [];
    createInterface({ input: child.stderr }).on("line", line => {
        last.push(line);
        if (last.length > LINES_KEPT) last.shift();
        options.onLine?.(line);
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => output.push(part));
    let failure: Error | undefined;
    const code = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
        child.once("error", error => {
            failure = error;
            if (child.pid === undefined) reject(error);
        });
        child.once("close", (exitCode, exitSignal) => resolve(exitCode ?? exitSignal ?? 1));
    });
    if (failure !== undefined) throw failure;
    if (code !== 0) throw new Error(`${command} ${args[0] ?? ""} ended with ${code}:\n${last.join("\n")}`);
    return Buffer.concat(output).toString();
};
