import { diffAccess } from "../access/diff.ts";
import type { AccessDiff, RightChangeKind } from "../access/diff.ts";
import type { ExceptionReport, Finding } from "../access/finding.ts";
import type { AccessModel } from "../access/model.ts";
import { byTier, reviewedChanges } from "./changes.ts";
import { delaysOf } from "./delays.ts";
import { deployerNeeds } from "./deployer.ts";
import { reviewedExceptions, reviewedFindings } from "./findings.ts";
import { headlineOf } from "./headline.ts";
import { attachedOf, reviewedEntries, reviewedIdentities } from "./identities.ts";
import type { Review, SmallerSet } from "./model.ts";
import type { OtherChanges } from "./other-changes.ts";
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
    /** How many other resources change. @default - not known */
    readonly otherChanges?: OtherChanges;
    /** URNs of the resources that the deployment creates, changes or deletes. @default - not known */
    readonly touched?: readonly string[];
    /** Keys of identities that are deleted and made anew. */
    readonly replacedIdentities?: readonly string[];
    readonly now: Date;
    /** Why, and against what, the review was made without Azure. */
    readonly offline?: string;
    readonly sources?: Sources;
}

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
    const { before, after, sources = {}, replacedIdentities = [], touched } = input;
    const diff = diffAccess(before, after, {
        replaced: replacedIdentities,
        ...(touched === undefined ? {} : { touched }),
    });
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
        identities: reviewedIdentities(diff, before, after, names),
        entries: reviewedEntries(diff, names),
        attachments: attachedOf(diff).map(({ change, host, identity }) => ({
            ...{ change, host: names.of(host), identity: names.of(identity) },
        })),
        paths: reviewedPaths(input.paths.before, input.paths.after, words),
        findings: reviewedFindings(input.findingsBefore, input.findings, words, sources),
        smaller: smallerOf(diff, input, names),
        exceptions: reviewedExceptions(input.exceptions),
        deployer: deployerNeeds({ ...diff, attachments: attachedOf(diff) }),
        delays: delaysOf(diff),
        ...(input.otherChanges && { other: { ...input.otherChanges } }),
    };
    return { ...told, headline: headlineOf(told) };
};
