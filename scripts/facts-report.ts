import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Snapshot } from "./facts-snapshot.ts";

const SNAPSHOT = fileURLToPath(new URL("facts-snapshot.ts", import.meta.url));

/** Lines shown of each kind of change; the rest is counted. */
const SHOWN = 40;

/** What the compiled tables say now; undefined when there are none that can be read. A process of its own reads them. */
export const takeSnapshot = (): Snapshot | undefined => {
    const { status, stdout } = spawnSync(process.execPath, [SNAPSHOT], { encoding: "utf8", maxBuffer: 2 ** 28 });
    return status === 0 ? (JSON.parse(stdout) as Snapshot) : undefined;
};

const section = (title: string, lines: readonly string[]): string[] => {
    if (lines.length === 0) return [`${title}: no change`];
    const more = lines.length > SHOWN ? [`  … and ${String(lines.length - SHOWN)} more`] : [];
    return [`${title}:`, ...lines.slice(0, SHOWN).map(line => `  ${line}`), ...more];
};

const changedLines = (before: readonly string[], after: readonly string[]): string[] => {
    const [old, now] = [new Set(before), new Set(after)];
    return [
        ...before.filter(line => !now.has(line)).map(line => `- ${line}`),
        ...after.filter(line => !old.has(line)).map(line => `+ ${line}`),
    ];
};

const changedCalls = (before: Snapshot["calls"], after: Snapshot["calls"]): string[] =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap(call => {
        const [old, now] = [before[call], after[call]];
        if (old === now) return [];
        return [
            ...(old === undefined ? [] : [`- ${call}: ${old}`]),
            ...(now === undefined ? [] : [`+ ${call}: ${now}`]),
        ];
    });

/** What an update of the tables changed: the answers for the examples first, then the facts themselves. */
export const reportChanges = (before: Snapshot, after: Snapshot): string =>
    [
        ...section("Answers for the examples", changedLines(before.examples, after.examples)),
        ...section("App roles", changedLines(before.appRoles, after.appRoles)),
        ...section("Azure roles", changedLines(before.roles, after.roles)),
        ...section("Graph calls", changedCalls(before.calls, after.calls)),
    ].join("\n");
