import { Command, InvalidArgumentError } from "commander";

const port = (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 0 || number > 65_535) {
        throw new InvalidArgumentError("expected a port from 0 to 65535");
    }
    return number;
};

const milliseconds = (text: string): number => {
    const number = Number(text);
    if (!Number.isFinite(number) || number < 0) throw new InvalidArgumentError("expected milliseconds, 0 or more");
    return number;
};

interface SandboxCommandOptions {
    readonly port?: number;
    readonly state?: string;
    readonly faults?: string;
    readonly latency?: number;
}

/** The command that serves the sandbox until it is stopped. */
export const sandboxCommand = (): Command =>
    new Command("sandbox")
        .description("serve the local sandbox until Ctrl-C, and print the environment that leads to it")
        .option("--port <n>", "port to listen on; a free one by default", port)
        .option("--state <file>", "where its state is kept; .leastwise/sandbox.json by default")
        .option("--faults <file>", "what goes wrong in it, a fault plan as JSON; nothing by default")
        .option("--latency <ms>", "time each request takes at least; 0 by default", milliseconds)
        .action(async (options: SandboxCommandOptions) => {
            const { serveSandbox } = await import("./serve-sandbox.ts");
            await serveSandbox(options);
        });
