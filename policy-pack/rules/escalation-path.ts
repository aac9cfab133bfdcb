import { type EscalationPath, escalationPaths } from "../../access/escalation.ts";
import { namesOf, rightName } from "../../access/escalation-names.ts";
import type { FindingSeverity } from "../../access/finding.ts";
import type { AccessModel } from "../../access/model.ts";
import type { Tier } from "../../access/tier.ts";
import { tierName } from "../../access/tier.ts";
import { isListedPrincipal } from "../principal-kind.ts";
import { rule } from "../rule.ts";

const TIERS: Readonly<Record<string, Tier>> = { controlPlane: 0, managementPlane: 1, userAccess: 2 };
const SEVERITIES: Readonly<Record<Tier, FindingSeverity>> = { 0: "critical", 1: "medium", 2: "low" };

/** The first right of a path: its grant is the one that opens the path. */
const openedBy = ({ hops, to }: EscalationPath, { rights }: AccessModel): string => {
    const first = hops.flatMap(({ by }) => by)[0] ?? to;
    return rights.find(({ key }) => key === first)?.urn ?? "";
};

const messageOf = (path: EscalationPath, model: AccessModel, names: ReadonlyMap<string, string>): string => {
    const nameOf = (key: string): string => `'${names.get(key) ?? key}'`;
    const hops = path.hops.map(({ from, words, edge }, at) => `${at === 0 ? "it" : nameOf(from)} ${words} [${edge}]`);
    const has = `${nameOf(path.from)} ${path.certain ? "has" : "may have"} a path to the ${tierName(path.tier)}`;
    const more = path.more === true ? "; more as dangerous are within its reach" : "";
    const cut = model.rights.find(({ key }) => key === path.cut);
    const remedy = cut === undefined ? "" : `; take away ${rightName(cut, names)} of ${nameOf(cut.holder)} to cut it`;
    return `${has}: ${hops.join(", then ")}${more}${remedy}`;
};

export const escalationPath = rule({
    name: "escalation-path",
    description: "Nobody can become somebody who may do more than it may do itself.",
    severity: "critical",
    controls: { mcsb: "PA-1" },
    remediationSteps:
        "Take away the right that the finding names last, or give it on a scope without the resource that the path leads through; give a principal whose work it is a place in 'allowedPrincipals'.",
    judges: "stack",
    needs: [],
    options: {
        leastTier: {
            type: "string",
            enum: Object.keys(TIERS),
            default: "managementPlane",
            description: "The least dangerous tier whose rights a path is told to.",
        },
        allowedPrincipals: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Principals that may have paths, by name, URN or object id; `*` stands for any characters.",
        },
        allowedTargets: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Principals whose rights may be reached, by name, URN or object id; `*` stands for any characters.",
        },
    },
    check: ({ model }, { leastTier, allowedPrincipals, allowedTargets }) => {
        const names = namesOf(model);
        const isAmong = (list: readonly string[], key: string): boolean =>
            isListedPrincipal(list, { key, name: names.get(key) ?? key });
        const paths = escalationPaths(model, {
            leastTier: TIERS[leastTier] ?? 2,
            from: key => !isAmong(allowedPrincipals, key),
            to: key => !isAmong(allowedTargets, key),
        });
        return paths.map(path => ({
            urn: openedBy(path, model),
            message: messageOf(path, model, names),
            severity: SEVERITIES[path.tier],
            path: path.hops,
            cut: path.cut,
        }));
    },
});
