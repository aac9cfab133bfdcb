import type { Location, Review, ReviewedIdentity, SmallerSet } from "../model.ts";
import { inThousands } from "../count.ts";
import { place, tierCell } from "./changes.ts";
import type { Section } from "./section.ts";
import { code, prose } from "./text.ts";

const between = (before: string, after: string): string => (before === after ? after : `${before} → ${after}`);

const amount = (before: number, after: number): string => between(inThousands(before), inThousands(after));

const tierOf = ({ rights, tier, undecided }: ReviewedIdentity["after"]): string => {
    if (rights === 0) return "none";
    return tier !== null && tier > 0 && undecided > 0 ? `${tierCell(tier)} **or worse**` : tierCell(tier);
};

const fate = ({ change, instead }: ReviewedIdentity): string => {
    if (change === "kept") return "";
    return instead === undefined ? `, **${change === "added" ? "new" : change}**` : `, **instead of ${code(instead)}**`;
};

const row = (identity: ReviewedIdentity): string => {
    const { name, kind, before, after, hosts } = identity;
    const cells = [
        `${code(name)} (${kind}${fate(identity)})`,
        between(tierOf(before), tierOf(after)),
        amount(before.calls, after.calls),
        amount(before.actions, after.actions),
        hosts.map(code).join(", ") || "nothing in this stack",
    ];
    return `| ${cells.join(" | ")} |`;
};

const isTouched = ({ change, before, after }: ReviewedIdentity): boolean =>
    change !== "kept" || JSON.stringify(before) !== JSON.stringify(after);

/** What each identity that is touched could do, and can do. */
export const identitiesSection = ({ identities }: Review): Section => ({
    title: "Identities, before → after",
    head: [
        "| Identity | Most dangerous right | Graph calls open | Azure actions open | Runs as it |",
        "| --- | --- | --- | --- | --- |",
    ],
    entries: identities.filter(isTouched).map(row),
    noun: "identity",
    shown: 10,
});

const at = (lines: readonly Location[]): string => (lines.length === 0 ? "" : ` (${lines.map(place).join(", ")})`);

const smallerEntry = ({ identity, kind, enough, dropped, opensNow, wouldOpen }: SmallerSet): string =>
    [
        `- ${code(identity)} needs less: ${inThousands(wouldOpen)} ${kind === "permissions" ? "calls" : "actions"} open instead of ${inThousands(opensNow)}`,
        ...enough.map(
            ({ right, because }) =>
                `  - keep or give ${code(right)}, for ${because.map(({ call, at: lines }) => `${code(call)}${at(lines)}`).join(", ")}`,
        ),
        ...dropped.map(({ right, why }) => `  - drop ${code(right)}: ${prose(why)}`),
    ].join("\n");

/** Smaller sets that would do. */
export const smallerSection = ({ smaller }: Review): Section => ({
    title: "Less would do",
    lead: "The smallest sets that allow every call and action the identities are known to need.",
    entries: smaller.map(smallerEntry),
    noun: "identity",
    shown: 5,
});

/** Who can sign in or act as an identity, and could not before. */
export const waysInSection = ({ entries, attachments }: Review): Section => ({
    title: "Who can act as an identity",
    entries: [
        ...entries.map(
            ({ change, identity, words, was }) =>
                `- ${change}: ${prose(words)} sign${words.startsWith("tokens") ? "" : "s"} in as ${code(identity)}${was === undefined ? "" : `; before: ${prose(was)}`}`,
        ),
        ...attachments.map(
            ({ change, identity, host }) =>
                `- ${change}: ${code(host)} ${change === "added" ? "can act" : "acts no more"} as ${code(identity)}`,
        ),
    ],
    noun: "change",
    shown: 10,
});

/** What the deployment itself takes, and when it shows. */
export const deployingSection = ({ deployer, delays }: Review): Section => ({
    title: "Deploying it",
    entries: [
        ...deployer.map(
            ({ what, why, tier }) => `- Whoever deploys needs ${prose(what)} (${tierCell(tier)}): ${prose(why)}`,
        ),
        ...delays.map(words => `- Not at once: ${prose(words)}`),
    ],
    noun: "note",
    shown: 10,
});
