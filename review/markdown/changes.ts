import type { Review, ReviewedChange, ReviewTier, Location } from "../model.ts";
import { counted } from "../count.ts";
import { SIGNS } from "../signs.ts";
import { tierInWords } from "../tiers.ts";
import type { Section } from "./section.ts";
import { code, prose } from "./text.ts";

/** A tier in words; the most dangerous ones stand out. */
export const tierCell = (tier: ReviewTier): string =>
    tier === 0 || tier === null ? `**${tierInWords(tier)}**` : tierInWords(tier);

/** `runbooks/report.ps1:12`. */
export const place = ({ path, line }: Location): string => code(`${path}:${String(line)}`);

const MOST_CALLS = 3;

const purpose = ({ calls }: ReviewedChange["right"]): string[] => {
    if (calls.length === 0) return [];
    const shown = calls.slice(0, MOST_CALLS).map(({ call, at }) => {
        const [first] = at;
        return first === undefined ? code(call) : `${code(call)} at ${place(first)}`;
    });
    const rest = calls.length - shown.length;
    return [`for ${shown.join(", ")}${rest > 0 ? ` and ${counted(rest, "more call")}` : ""}`];
};

const details = ({ right, how, newIdentity, change }: ReviewedChange): string =>
    [
        ...how.map(prose),
        ...(newIdentity && change !== "moved" ? ["for a new identity"] : []),
        ...(right.limits.length > 0 && how.length === 0 ? right.limits.map(prose) : []),
        ...right.unknown.map(prose),
        ...(right.reason === undefined ? [] : [`reason: ${prose(right.reason)}`]),
        ...purpose(right),
    ].join("; ");

const row = (change: ReviewedChange, holder: string): string => {
    const { what, on, tier } = change.right;
    const cells = [
        `${SIGNS[change.change]} ${change.change}`,
        code(holder),
        code(what),
        prose(`'${on}'`),
        tierCell(tier),
        details(change),
    ];
    return `| ${cells.join(" | ")} |`;
};

/** The changes of rights, a row each. */
export const changesSection = ({ changes, identities }: Review): Section => {
    const names = new Map(identities.map(({ key, name }) => [key, name]));
    return {
        title: "What changes",
        head: ["| | Who | Can | On | How dangerous | Details |", "| --- | --- | --- | --- | --- | --- |"],
        entries: changes.map(change => row(change, names.get(change.right.holder) ?? "not known yet")),
        noun: "change",
        shown: 20,
    };
};
