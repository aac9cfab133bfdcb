import { Command } from "commander";

/** The command that says what is found on this machine and what is missing. */
export const doctorCommand = (): Command =>
    new Command("doctor")
        .description("say what is found on this machine and what is missing; exit code 1 when something needed is")
        .option("--json", "as JSON")
        .action(async (options: { readonly json?: boolean }) => {
            const { examine, isHealthy, report } = await import("./doctor.ts");
            const checks = await examine();
            console.log(options.json === true ? JSON.stringify(checks, undefined, 2) : report(checks));
            if (!isHealthy(checks)) process.exitCode = 1;
        });
