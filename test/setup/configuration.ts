import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DateTime } from "luxon";
import { readDeclaration, type ReadOptions } from "../../config.ts";
import type { Declaration } from "../../config/declaration.ts";

export const SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";

/** The moment at which the tests read configurations. */
export const NOW = DateTime.fromISO("2026-03-04T05:06:07Z");

/** What a stack's file says. */
export interface Written {
    readonly workloads?: unknown;
    readonly groups?: unknown;
    readonly location?: string;
    readonly subscription?: string;
    /** Other keys of ours. */
    readonly keys?: Readonly<Record<string, string>>;
    readonly secrets?: readonly string[];
    readonly env?: ReadOptions["env"];
    /** @default - what was read in runbooks is not kept */
    readonly cache?: string;
}

/** Runbook files in a folder of their own. */
export const withRunbooks = async <T>(
    files: Readonly<Record<string, string | Uint8Array>>,
    use: (folder: string) => T | Promise<T>,
): Promise<T> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-config-"));
    try {
        for (const [name, content] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), content);
        }
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
};

const json = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const read = (written: Written, folder = tmpdir()): Promise<Declaration> => {
    const {
        workloads,
        groups,
        location = "westeurope",
        subscription = SUBSCRIPTION,
        keys = {},
        secrets = [],
        env = {},
        cache,
    } = written;
    const values = {
        ...(location !== "" && { "azure-native:location": location }),
        ...(subscription !== "" && { "leastwise:subscription": subscription }),
        ...(workloads !== undefined && { "leastwise:workloads": json(workloads) }),
        ...(groups !== undefined && { "leastwise:groups": json(groups) }),
        ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`leastwise:${key}`, value])),
    };
    return readDeclaration({ values, isSecret: key => secrets.includes(key) }, { folder, now: NOW, env, cache });
};

/** The lines of the error that a configuration gets; none when it is good. */
export const errorsOf = async (written: Written, folder?: string): Promise<string[]> => {
    try {
        await read(written, folder);
        return [];
    } catch (error) {
        const lines = (error as Error).message.split("\n");
        return lines.length === 1 ? lines : lines.slice(1);
    }
};
