import { tierName } from "../access/tier.ts";
import { closes, opens, rankOf } from "./changes.ts";
import { counted } from "./count.ts";
import { standing } from "./findings.ts";
import type { Review } from "./model.ts";

type Told = Omit<Review, "headline">;

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more like it)` : "");

const pathOpened = ({ paths }: Told): string[] => {
    const opened = paths.filter(({ change }) => change === "opened");
    const [first] = opened;
    if (first === undefined) return [];
    return [`opens a way from '${first.fromName}' to '${first.toName}'${more(opened.length)}`];
};

const givenAtTier =
    (tier: number) =>
    ({ changes, identities }: Told): string[] => {
        const given = changes.filter(each => opens(each) && each.right.tier === tier);
        const [first] = given;
        if (first === undefined) return [];
        const { what, on, holder: key } = first.right;
        const holder = identities.find(each => each.key === key)?.name ?? "an unknown identity";
        const plane = tierName(tier as 0 | 1 | 2);
        return [`gives '${holder}' ${plane} access: '${what}' on '${on}'${more(given.length)}`];
    };

const notKnown = ({ changes }: Told): string[] => {
    const count = changes.filter(each => opens(each) && each.right.tier === null).length;
    return count > 0 ? [`gives ${counted(count, "right")} whose danger is not known before the deployment`] : [];
};

const replaced = ({ identities, counts }: Told): string[] => {
    const names = identities.filter(({ change }) => change === "replaced").map(({ name }) => `'${name}'`);
    if (names.length === 0) return [];
    return [
        `replaces ${names.length === 1 ? "identity" : "identities"} ${names.slice(0, 3).join(", ")}: ${counted(counts.moved, "right")} move${counts.moved === 1 ? "s" : ""} to a new identity`,
    ];
};

const entered = ({ entries }: Told): string[] => {
    const opened = entries.filter(({ change }) => change !== "removed").length;
    return opened > 0 ? [`lets ${counted(opened, "new sign-in")} from outside act as an identity`] : [];
};

const attached = ({ attachments }: Told): string[] => {
    const [first] = attachments.filter(({ change }) => change === "added");
    return first === undefined ? [] : [`lets '${first.host}' act as '${first.identity}'`];
};

const taken = ({ changes }: Told): string[] => {
    const gone = changes.filter(closes);
    if (gone.length === 0) return [];
    const [worst] = gone.toSorted((a, b) => rankOf(a.right.tier) - rankOf(b.right.tier));
    return [
        `only takes access away: ${counted(gone.length, "right")} removed or narrowed${worst?.right.tier === 0 ? ", control plane among them" : ""}`,
    ];
};

/** The one thing to know of a review, in one sentence. */
export const headlineOf = (review: Told): string => {
    const checks = [
        pathOpened,
        givenAtTier(0),
        notKnown,
        givenAtTier(1),
        givenAtTier(2),
        entered,
        replaced,
        attached,
        taken,
    ];
    for (const check of checks) {
        const [words] = check(review);
        if (words !== undefined) return `This change ${words}.`;
    }
    const stopped = standing(review.findings).filter(({ mandatory }) => mandatory).length;
    if (stopped > 0)
        return `Access stays as it is, and ${counted(stopped, "finding")} stop${stopped === 1 ? "s" : ""} the deployment.`;
    const [less] = review.smaller;
    return less === undefined ? "Access stays as it is." : `Access stays as it is, but '${less.identity}' needs less.`;
};
