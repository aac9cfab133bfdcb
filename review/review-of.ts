import { diffAccess } from "../access/diff.ts";
import type { AccessDiff, RightChangeKind } from "../access/diff.ts";
import type { ExceptionReport, Finding } from "../access/finding.ts";
import { isDecided } from "../access/model.ts";
import type { AccessModel, Entry, Principal } from "../access/model.ts";
import { byTier, rankOf, reviewedChanges } from "./changes.ts";
import { delaysOf } from "./delays.ts";
import { deployerNeeds } from "./deployer.ts";
import { reviewedExceptions, reviewedFindings } from "./findings.ts";
import { headlineOf } from "./headline.ts";
import type { Review, ReviewedEntry, ReviewedIdentity, SmallerSet } from "./model.ts";
import { namesOf } from "./names.ts";
import type { Names } from "./names.ts";
import { reviewedPaths, wordsForKeys } from "./paths.ts";
import type { Path } from "./paths.ts";
import { reviewedRight } from "./rights.ts";
import { smallerPermissions } from "./smaller-permissions.ts";
import { smallerRoles } from "./smaller-roles.ts";
import type { Sources } from "./sources.ts";

/** What a review is made of. */
export interface ReviewInput {
    readonly stack: string;
    readonly before: AccessModel;
    readonly after: AccessModel;
    /** @default - not judged: no finding is called new */
    readonly findingsBefore?: readonly Finding[];
    readonly findings: readonly Finding[];
    readonly exceptions: ExceptionReport;
    readonly paths: { readonly before: readonly Path[]; readonly after: readonly Path[] };
    /** How many other resources change. */
    readonly otherChanges: Review["other"];
    /** Keys of identities that are deleted and made anew. */
    readonly replacedIdentities?: readonly string[];
    readonly now: Date;
    /** Why, and against what, the review was made without Azure. */
    readonly offline?: string;
    readonly sources?: Sources;
}

const KINDS: Readonly<Record<Principal["kind"], string>> = {
    "system-assigned": "system-assigned identity",
    "user-assigned": "user-assigned identity",
    "service-principal": "service principal",
    application: "application",
    user: "user",
    group: "group",
    unknown: "not known",
};

/** Rank of the most dangerous tier that an identity had or will have. */
const worstOf = ({ before, after }: ReviewedIdentity): number =>
    Math.min(...[before, after].map(({ rights, tier }) => (rights === 0 ? 3 : rankOf(tier))));

const identitiesOf = (diff: AccessDiff, { after, before }: ReviewInput, names: Names): ReviewedIdentity[] =>
    diff.identities
        .map(({ change, principal, instead, before: was, after: is }) => ({
            key: principal.key,
            name: names.of(principal.key),
            kind: KINDS[principal.kind],
            change,
            ...(instead === undefined ? {} : { instead: names.of(instead.key) }),
            before: { ...was, tier: was.tier ?? null },
            after: { ...is, tier: is.tier ?? null },
            hosts: (change === "removed" ? before : after).hosts
                .filter(({ identities }) => identities.includes(principal.key))
                .map(({ name }) => name)
                .sort(),
        }))
        .sort((a, b) => worstOf(a) - worstOf(b) || (a.name + a.key < b.name + b.key ? -1 : 1));

/** Attachments of identities of their own; one that is born with its host says nothing new. */
const attachedOf = ({ attachments, identities }: AccessDiff): AccessDiff["attachments"] => {
    const born = new Set(
        identities
            .filter(({ principal }) => principal.kind === "system-assigned")
            .map(({ principal }) => principal.key),
    );
    return attachments.filter(({ identity }) => !born.has(identity));
};

const entryInWords = ({ kind, issuer, subject }: Entry): string => {
    if (kind !== "federated-credential") return `a ${kind}`;
    const [from, as] = [issuer, subject].map(value =>
        value === undefined || !isDecided(value) ? "(known after deployment)" : value,
    );
    return `tokens of '${from ?? ""}' for '${as ?? ""}'`;
};

const entriesOf = ({ entries }: AccessDiff, names: Names): ReviewedEntry[] =>
    entries.flatMap(({ change, before, after }) => {
        const entry = after ?? before;
        if (entry === undefined) return [];
        const was = before === undefined || after === undefined ? {} : { was: entryInWords(before) };
        return [{ change, identity: names.of(entry.principal), words: entryInWords(entry), ...was }];
    });

const countsOf = ({ rights, unchanged }: AccessDiff): Review["counts"] => {
    const of = (kind: RightChangeKind): number => rights.filter(({ change }) => change === kind).length;
    return {
        ...{ added: of("added"), removed: of("removed"), widened: of("widened"), narrowed: of("narrowed") },
        ...{ moved: of("moved"), unknown: of("unknown"), unchanged: unchanged.length },
    };
};

const smallerOf = (diff: AccessDiff, { after, sources = {} }: ReviewInput, names: Names): SmallerSet[] => {
    const touched = new Set([
        ...diff.rights.flatMap(({ after: right }) => right?.holder ?? []),
        ...Object.keys(sources.code ?? {}),
    ]);
    const held = Map.groupBy(after.rights, ({ holder }) => holder);
    return [...touched].sort().flatMap(key => {
        const rights = held.get(key) ?? [];
        const name = names.of(key);
        return [...smallerPermissions(key, name, rights, sources), ...smallerRoles(key, name, rights, sources)];
    });
};

/** Puts a review together. The same input gives the same review, whatever the order of its lists. */
export const reviewOf = (input: ReviewInput): Review => {
    const { before, after, sources = {}, replacedIdentities = [] } = input;
    const diff = diffAccess(before, after, { replaced: replacedIdentities });
    const names = namesOf(before, after);
    const words = wordsForKeys([before, after], names);
    const unchanged = diff.unchanged.map(right => reviewedRight(right, names, sources));
    const told: Omit<Review, "headline"> = {
        version: 1,
        stack: input.stack,
        generated: input.now.toISOString(),
        ...(input.offline === undefined ? {} : { offline: input.offline }),
        counts: countsOf(diff),
        changes: reviewedChanges(diff, names, sources),
        unchanged: unchanged.sort(byTier(names)),
        identities: identitiesOf(diff, input, names),
        entries: entriesOf(diff, names),
        attachments: attachedOf(diff).map(({ change, host, identity }) => ({
            ...{ change, host: names.of(host), identity: names.of(identity) },
        })),
        paths: reviewedPaths(input.paths.before, input.paths.after, words),
        findings: reviewedFindings(input.findingsBefore, input.findings, words, sources),
        smaller: smallerOf(diff, input, names),
        exceptions: reviewedExceptions(input.exceptions),
        deployer: deployerNeeds({ ...diff, attachments: attachedOf(diff) }),
        delays: delaysOf(diff),
        other: { ...input.otherChanges },
    };
    return { ...told, headline: headlineOf(told) };
};
