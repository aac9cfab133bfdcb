import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

interface Problem {
    readonly message: string;
}

interface Parser {
    parseWorkflow(file: { name: string; content: string }, trace: unknown): { context: Context; value: unknown };
    convertWorkflowTemplate(context: Context, value: unknown, files: undefined, options: object): Promise<unknown>;
    readonly NoOperationTraceWriter: new () => unknown;
}

interface Context {
    readonly errors: { getErrors(): readonly Problem[] };
}

/** GitHub's own parser of workflows, which Node cannot load unbundled: it imports JSON as if it were a module. */
const load = async (): Promise<Parser> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-parser-"));
    const outfile = join(folder, "parser.cjs");
    try {
        const stdin = { contents: 'export * from "@actions/workflow-parser";', resolveDir: import.meta.dirname };
        await build({ stdin, outfile, bundle: true, format: "cjs", platform: "node", logLevel: "silent" });
        return createRequire(import.meta.url)(outfile) as Parser;
    } finally {
        rmSync(folder, { recursive: true });
    }
};

let parser: Promise<Parser> | undefined;

/** What GitHub would refuse about a workflow: unknown keys, wrong types, expressions that name what is not there. */
export const workflowErrors = async (name: string, content: string): Promise<string[]> => {
    parser ??= load();
    const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await parser;
    const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    if (value !== undefined) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
    return context.errors.getErrors().map(({ message }) => message);
};
