import type { AccessDiff } from "../access/diff.ts";
import { isDecided } from "../access/model.ts";
import type { AccessModel, Entry, Principal } from "../access/model.ts";
import { rankOf } from "./changes.ts";
import type { ReviewedEntry, ReviewedIdentity } from "./model.ts";
import type { Names } from "./names.ts";

const NOT_KNOWN = "(known after deployment)";

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

/** Names of the hosts that act with each identity. */
const hostsIn = ({ hosts }: AccessModel): ReadonlyMap<string, readonly string[]> => {
    const pairs = hosts.flatMap(({ name, identities }) => identities.map(identity => ({ identity, name })));
    const byIdentity = Map.groupBy(pairs, ({ identity }) => identity);
    return new Map([...byIdentity].map(([key, each]) => [key, each.map(({ name }) => name).sort()]));
};

/** What became of each identity, those with the most dangerous rights first. */
export const reviewedIdentities = (
    { identities }: AccessDiff,
    before: AccessModel,
    after: AccessModel,
    names: Names,
): ReviewedIdentity[] => {
    const [had, has] = [hostsIn(before), hostsIn(after)];
    return identities
        .map(({ change, principal, instead, before: was, after: is }) => ({
            key: principal.key,
            name: names.of(principal.key),
            kind: KINDS[principal.kind],
            change,
            ...(instead === undefined ? {} : { instead: names.of(instead.key) }),
            before: { ...was, tier: was.tier ?? null },
            after: { ...is, tier: is.tier ?? null },
            hosts: [...((change === "removed" ? had : has).get(principal.key) ?? [])],
        }))
        .sort((a, b) => worstOf(a) - worstOf(b) || (a.name + a.key < b.name + b.key ? -1 : 1));
};

/** Attachments of identities of their own; one that is born with its host says nothing new. */
export const attachedOf = ({ attachments, identities }: AccessDiff): AccessDiff["attachments"] => {
    const born = new Set(
        identities
            .filter(({ principal }) => principal.kind === "system-assigned")
            .map(({ principal }) => principal.key),
    );
    return attachments.filter(({ identity }) => !born.has(identity));
};

/** What tokens for managed identities are made out to, where nothing else is said. */
const USUAL_AUDIENCE = "api://AzureADTokenExchange";

const audiencesInWords = (audiences: Entry["audiences"]): string => {
    if (audiences === undefined || (isDecided(audiences) && audiences.join() === USUAL_AUDIENCE)) return "";
    return `, made out to '${isDecided(audiences) ? audiences.join(", ") : NOT_KNOWN}'`;
};

const entryInWords = ({ kind, issuer, subject, audiences }: Entry): string => {
    if (kind !== "federated-credential") return `a ${kind}`;
    const [from, as] = [issuer, subject].map(value => (value === undefined || !isDecided(value) ? NOT_KNOWN : value));
    return `tokens of '${from ?? ""}' for '${as ?? ""}'${audiencesInWords(audiences)}`;
};

/** Ways to sign in from outside that change, in words. */
export const reviewedEntries = ({ entries }: AccessDiff, names: Names): ReviewedEntry[] =>
    entries.flatMap(({ change, before, after }) => {
        const entry = after ?? before;
        if (entry === undefined) return [];
        const was = before === undefined || after === undefined ? {} : { was: entryInWords(before) };
        return [{ change, identity: names.of(entry.principal), words: entryInWords(entry), ...was }];
    });
