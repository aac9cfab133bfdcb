import { tierName } from "../../access/tier.ts";
import type { RunbookSubject } from "../adapter/subject-automation.ts";
import { powerShellOf } from "../runbook-language.ts";
import { needsOfText, type RunbookNeeds } from "../runbook-needs.ts";
import { rule } from "../rule.ts";

interface Needy extends RunbookNeeds {
    readonly name: string;
}

const needyOf = (subject: RunbookSubject): Needy[] => {
    const text = powerShellOf(subject);
    if (text === undefined) return [];
    const needs = needsOfText(text);
    const name = typeof subject.runbook === "string" ? subject.runbook : subject.urn.split("::").at(-1);
    return needs.tier === undefined ? [] : [{ ...needs, name: name ?? "" }];
};

const haveNothingInCommon = (a: Needy, b: Needy): boolean => {
    const others = new Set(b.names.map(name => name.toLowerCase()));
    return !a.names.some(name => others.has(name.toLowerCase()));
};

/** How unlike the needs of two runbooks are, the more dangerous one first. */
const UNLIKE: Readonly<Record<string, (a: Needy, b: Needy) => boolean>> = {
    "control-plane": (a, b) => a.tier === 0 && b.tier !== 0,
    tier: (a, b) => a.tier !== b.tier,
    need: haveNothingInCommon,
};

const words = ({ name, names, tier }: Needy): string =>
    `'${name}' (${tierName(tier ?? 2)}: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""})`;

export const automationAccountShared = rule({
    name: "automation-account-shared",
    description: "The runbooks of an Automation account have like needs, as each can use all that its identity holds.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Give runbooks with unlike needs an account each, as the account is what an identity belongs to.",
    judges: "automation-account",
    needs: [],
    options: {
        unlike: {
            type: "string",
            enum: Object.keys(UNLIKE),
            default: "control-plane",
            description:
                "What is unlike: the control plane for one and not for the other, another tier, or no need in common.",
        },
    },
    check: ({ runbooks, identities }, { unlike }) => {
        if (identities.length === 0 || runbooks.length < 2) return [];
        const needy = runbooks
            .flatMap(needyOf)
            .toSorted((a, b) => (a.tier ?? 2) - (b.tier ?? 2) || (a.name < b.name ? -1 : 1));
        const [first] = needy;
        const other = first && needy.findLast(each => UNLIKE[unlike]?.(first, each) === true);
        return first === undefined || other === undefined
            ? []
            : [`runbook ${words(first)} shares its identity with ${words(other)}; expected an account each`];
    },
});
