import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFacts } from "./facts-compile.ts";
import { FACT_SOURCES } from "./facts-sources.ts";
import type { FactSource } from "./facts-sources.ts";

/** Serves the files of public GitHub repositories as `/<owner>/<name>/<commit>/<path>`. */
const RAW_FILES = "https://raw.githubusercontent.com";

const TIMEOUT_MS = 120_000;

const BY_HAND = "or put the raw files into a folder and run: npm run facts -- <folder>";

const adviceFor = (status: number, file: string): string => {
    if (status === 404) return `correct commit and path of '${file}' in scripts/facts-sources.ts, ${BY_HAND}`;
    if (status === 403 || status === 429) return `the host limits downloads: try again in an hour, ${BY_HAND}`;
    return `try again later, ${BY_HAND}`;
};

/** The code (`ECONNREFUSED`) or the text of the innermost reason that `fetch` gives. */
const reasonOf = (error: unknown): string => {
    if (!(error instanceof Error)) return String(error);
    if (error.cause !== undefined) return reasonOf(error.cause);
    return "code" in error && typeof error.code === "string" ? error.code : error.message;
};

const checkJson = (text: string, url: string, file: string): void => {
    try {
        JSON.parse(text);
    } catch (error) {
        throw new Error(
            `${url} answered without valid JSON (${reasonOf(error).replaceAll(/\s+/g, " ")}); ` +
                `check commit and path of '${file}' in scripts/facts-sources.ts, ${BY_HAND}`,
            { cause: error },
        );
    }
};

const download = async ({ file, repo, commit, path }: FactSource, base: string): Promise<string> => {
    const url = `${base}/${repo}/${commit}/${path}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
        throw new Error(
            `cannot reach ${new URL(url).origin}: ${reasonOf(error)}; check the connection (behind a proxy, ` +
                `NODE_USE_ENV_PROXY=1 makes HTTPS_PROXY count), ${BY_HAND}`,
        );
    });
    if (!response.ok) {
        await response.body?.cancel();
        throw new Error(
            `${url} answered ${String(response.status)}, expected 200; ${adviceFor(response.status, file)}`,
        );
    }
    const text = await response.text().catch((error: unknown) => {
        throw new Error(`${url} broke off: ${reasonOf(error)}; try again, ${BY_HAND}`);
    });
    checkJson(text, url, file);
    return text;
};

/**
 * Downloads every raw table that has a public address into a folder, under the names the compiler expects. Writes all or
 * none of them. Throws an Error with one line for each source that fails, and one for a host out of reach.
 */
export const fetchRawTables = async (folder: string, base = RAW_FILES): Promise<void> => {
    const texts = await Promise.allSettled(FACT_SOURCES.map(source => download(source, base)));
    const failures = texts.flatMap(text => (text.status === "rejected" ? [(text.reason as Error).message] : []));
    if (failures.length > 0) throw new Error([...new Set(failures)].join("\n"));
    for (const [index, { file }] of FACT_SOURCES.entries()) {
        const text = texts[index];
        if (text?.status === "fulfilled") writeFileSync(join(folder, file), text.value);
    }
};

/**
 * Compiles the tables in `out` from the public sources at their pinned commits. The cmdlet table stays as it is:
 * `graph-cmdlets.csv` is derived and has no public address. Throws an Error, with `out` untouched, when a source fails.
 */
export const compileFetched = async (out: string, base = RAW_FILES): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "facts-"));
    try {
        await fetchRawTables(folder, base);
        compileFacts(folder, out, { keepCmdlets: true });
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
};
