import { Command } from "commander";
import { port, withBehaviour } from "./option-values.ts";
import type { ServeOptions } from "./serve-sandbox.ts";

/** The command that serves the sandbox until it is stopped. */
export const sandboxCommand = (): Command =>
    withBehaviour(new Command("sandbox"))
        .description("serve the local sandbox until Ctrl-C, and print the environment that leads to it")
        .option("--port <n>", "port to listen on; a free one by default", port)
        .option("--state <file>", "where its state is kept; .leastwise/sandbox.json by default")
        .action(async (options: ServeOptions) => {
            const { serveSandbox } = await import("./serve-sandbox.ts");
            await serveSandbox(options);
        });
