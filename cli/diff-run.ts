import type { Grant } from "../access/grant.ts";
import { type ChangedGrant, diffManifests, type ManifestDiff } from "../access/manifest-diff.ts";
import { tierName } from "../access/tier.ts";
import { grantInWords, scopeInWords } from "./grant-table.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { manifestOfStack } from "./stack-manifest.ts";
import { counted, wrap } from "./text-layout.ts";

/** A part of names and scopes, and what it is in the second manifest. */
export interface Renaming {
    readonly from: string;
    readonly to: string;
}

export interface DiffRunOptions {
    readonly map: readonly Renaming[];
    readonly sandbox?: boolean;
    readonly json?: boolean;
}

const STACK = "stack:";

const manifestAt = (source: string, sandbox: boolean): Promise<Manifest> =>
    source.startsWith(STACK) ? manifestOfStack({ stack: source.slice(STACK.length), sandbox }) : readManifest(source);

const onOf = (grant: Grant): string => (grant.kind === "api" ? grant.apiName : scopeInWords(grant.scope));

const line = (grant: Grant): string =>
    `${grant.identity}: ${grantInWords(grant)} on ${onOf(grant)} (${tierName(grant.tier)})`;

const WORDS: Readonly<Record<string, (grant: Grant) => string>> = {
    on: onOf,
    role: grantInWords,
    danger: ({ tier }) => tierName(tier),
    reason: ({ reason = "none" }) => reason,
    owner: ({ owner = "none" }) => owner,
};

const changedLines = ({ before, after, fields }: ChangedGrant): string[] => [
    `  ~ ${wrap(line(after), 4)}`,
    ...fields.map(
        field => `      ${wrap(`${field}: ${WORDS[field]?.(before) ?? ""} → ${WORDS[field]?.(after) ?? ""}`, 8)}`,
    ),
];

const textOf = ({ removed, added, changed, same }: ManifestDiff, a: string, b: string): string =>
    [
        ...removed.map(grant => `  - ${wrap(line(grant), 4)}`),
        ...added.map(grant => `  + ${wrap(line(grant), 4)}`),
        ...changed.flatMap(changedLines),
        `${counted(same, "grant")} the same; only in ${a}: ${removed.length}; only in ${b}: ${added.length}; unlike: ${changed.length}`,
    ].join("\n");

/**
 * Compares two manifests.
 * @returns the difference as text, and whether there is one
 * @throws Error when one of them cannot be read
 */
export const diff = async (
    a: string,
    b: string,
    { map, sandbox = false, json = false }: DiffRunOptions,
): Promise<{ readonly text: string; readonly differs: boolean }> => {
    const first = await manifestAt(a, sandbox);
    const second = await manifestAt(b, sandbox);
    const rename = (text: string): string => map.reduce((done, { from, to }) => done.replaceAll(from, to), text);
    const found = diffManifests(first.grants, second.grants, rename);
    const differs = found.removed.length + found.added.length + found.changed.length > 0;
    return { text: json ? JSON.stringify({ version: 1, ...found }, null, 2) : textOf(found, a, b), differs };
};
