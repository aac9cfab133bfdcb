import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Review } from "../review/model.ts";
import type { RuleInfo } from "../review/sarif.ts";
import type { FailOn } from "../review/severity.ts";
import { packageVersion } from "./version.ts";

/** Files that reports are written to; `-` is standard output. */
export interface ReportFiles {
    readonly markdown?: string;
    readonly html?: string;
    readonly json?: string;
    readonly sarif?: string;
    readonly junit?: string;
}

/** What reports say beside the review. */
export interface ReportContext {
    readonly failOn: FailOn;
    /** Every rule that was asked. */
    readonly rules: readonly RuleInfo[];
    /** File that a finding is shown in whose place is not known, from the repository's root. */
    readonly project: string;
}

type Render = (review: Review, context: ReportContext) => string;

const RENDERERS: Readonly<Record<keyof ReportFiles, () => Promise<Render>>> = {
    markdown: async () => {
        const { markdownOf } = await import("../review/markdown/markdown.ts");
        return review => markdownOf(review);
    },
    html: async () => {
        const { pageOf } = await import("../review/html/page.ts");
        return review => pageOf(review);
    },
    json: async () => {
        const { jsonOf } = await import("../review/json.ts");
        return review => jsonOf(review);
    },
    sarif: async () => {
        const { sarifOf } = await import("../review/sarif.ts");
        return (review, { rules, project }) => sarifOf(review, { rules, project, version: packageVersion() });
    },
    junit: async () => {
        const { junitOf } = await import("../review/junit.ts");
        return (review, { failOn, rules }) => junitOf(review, { failOn, rules: rules.map(({ name }) => name) });
    },
};

const KINDS = Object.keys(RENDERERS) as (keyof ReportFiles)[];
const STANDARD_OUTPUT = "-";

const write = async (file: string, text: string): Promise<void> => {
    if (file === STANDARD_OUTPUT) process.stdout.write(text);
    else await writeFile(file, text);
};

/**
 * The places of reports as the user means them, from the folder that the command is started in: the engine works in another.
 * @throws Error when two reports are to go to one place
 */
export const placed = (files: ReportFiles): ReportFiles => {
    const kinds = new Map<string, keyof ReportFiles>();
    for (const kind of KINDS) {
        const file = files[kind];
        if (file === undefined) continue;
        const place = file === STANDARD_OUTPUT ? file : resolve(file);
        const other = kinds.get(place);
        if (other !== undefined)
            throw new Error(`--${other} and --${kind} both go to '${file}'; expected a place for each`);
        kinds.set(place, kind);
    }
    return Object.fromEntries([...kinds].map(([place, kind]) => [kind, place]));
};

/** Writes the reports that are asked for, or prints the review where none is. */
export const writeReports = async (review: Review, files: ReportFiles, context: ReportContext): Promise<void> => {
    const wanted = KINDS.flatMap(kind => (files[kind] === undefined ? [] : [{ kind, file: files[kind] }]));
    const rendered = await Promise.all(
        wanted.map(async ({ kind, file }) => ({ file, text: (await RENDERERS[kind]())(review, context) })),
    );
    for (const { file, text } of rendered) await write(file, text);
    if (wanted.length > 0) return;
    const { terminalOf } = await import("../review/terminal.ts");
    const { columns = 100, isTTY } = process.stdout;
    process.stdout.write(terminalOf(review, { columns, colour: isTTY && process.env["NO_COLOR"] === undefined }));
};
