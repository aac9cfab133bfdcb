import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Automation's own limit: https://learn.microsoft.com/azure/automation/automation-subscription-limits-faq */
const LARGEST_BYTES = 1_000_000;

const decode = (bytes: Buffer, file: string): string => {
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        throw new Error(`runbook file '${file}' is not UTF-8; save it as UTF-8`);
    }
};

/**
 * The text of a runbook file.
 * @throws when the file is missing, empty, too large or not UTF-8.
 */
export const readRunbookFile = (folder: string, file: string): string => {
    const path = resolve(folder, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile())
        throw new Error(
            `runbook file '${file}' ${stat ? "is no file" : "does not exist"}; expected a PowerShell file at ${path}`,
        );
    if (stat.size > LARGEST_BYTES)
        throw new Error(`runbook file '${file}' has ${stat.size} bytes; Azure takes at most ${LARGEST_BYTES}`);
    const content = decode(readFileSync(path), file);
    if (content.trim() === "") throw new Error(`runbook file '${file}' is empty; expected PowerShell`);
    return content;
};
