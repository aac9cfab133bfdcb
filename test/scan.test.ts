import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { formatCall } from "../access/calls.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const FOLDER = join(import.meta.dirname, "fixtures", "runbooks");

const scanFile = (name: string): Scan =>
    scanRunbook(readFileSync(join(FOLDER, name)), {
        path: name,
        sibling: other => {
            try {
                return readFileSync(join(FOLDER, other));
            } catch {
                return undefined;
            }
        },
    });

/** What was found, written as the fixtures write what they expect: at the end of its line. */
const found = (scan: Scan): string[] => [
    ...scan.calls.filter(({ via }) => via !== "annotation").map(call => `${String(call.line)} -> ${formatCall(call)}`),
    ...scan.actions.map(({ line, action }) => `${String(line)} -> action ${action}`),
    ...scan.otherApis.map(({ line, api, retired }) => `${String(line)} api ${api}${retired ? " (retired)" : ""}`),
    ...scan.signIn.map(({ line, kind }) => `${String(line)} sign-in ${kind}`),
];

const expectations = (source: string): { readonly found: string[]; readonly unresolved: [number, string][] } => {
    const lines: string[] = [];
    const unresolved: [number, string][] = [];
    source.split("\n").forEach((text, index) => {
        const line = String(index + 1);
        const calls = /# -> (.*?)(?: \?>.*)?$/.exec(text)?.[1];
        for (const call of calls?.split(" | ") ?? []) lines.push(`${line} -> ${call.trim()}`);
        const below = /^#> (.*)$/.exec(text)?.[1];
        if (below !== undefined) lines.push(`${String(index + 2)} -> ${below}`);
        const kind = /# sign-in ([\w-]+)/.exec(text)?.[1];
        if (kind !== undefined) lines.push(`${line} sign-in ${kind}`);
        const api = /# (?:sign-in [\w-]+ )?api (.*?)(?: \?>.*)?$/.exec(text)?.[1];
        if (api !== undefined) lines.push(`${line} api ${api}`);
        const reason = /\?> (.*)$/.exec(text)?.[1];
        if (reason !== undefined) unresolved.push([index + 1, reason]);
    });
    return { found: lines, unresolved };
};

before(loadGrammar);

describe("a runbook's source tells", () => {
    for (const name of readdirSync(FOLDER).filter(each => /^[a-z].*\.ps1$/.test(each))) {
        it(`what ${name} does, each at its line, and nothing else`, () => {
            const expected = expectations(readFileSync(join(FOLDER, name), "utf8"));
            const scan = scanFile(name);
            assert.deepEqual(found(scan).sort(), expected.found.sort());
            assert.deepEqual(
                scan.unresolved.map(({ line }) => line),
                expected.unresolved.map(([line]) => line),
            );
            for (const [line, reason] of expected.unresolved) {
                const actual = scan.unresolved.find(each => each.line === line)?.reason ?? "";
                assert.ok(actual.includes(reason), `line ${String(line)}: '${actual}' does not say '${reason}'`);
            }
        });
    }
});
