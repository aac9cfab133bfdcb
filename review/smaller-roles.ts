import { count } from "../access/action-set.ts";
import { roleReach } from "../access/azure-reach.ts";
import { judgeAzure } from "../access/judge-azure.ts";
import type { AzureJudgement, NeededAction, Replacement } from "../access/judge-azure.ts";
import type { HeldRole } from "../access/held-roles.ts";
import { isDecided } from "../access/model.ts";
import type { Place, Right, RoleRight } from "../access/model.ts";
import type { RoleDefinition } from "../access/roles.ts";
import { placeInWords } from "../access/scope-words.ts";
import { counted } from "./count.ts";
import type { SmallerSet } from "./model.ts";
import { codeOf, linesOf } from "./sources.ts";
import type { Sources } from "./sources.ts";

interface Held extends HeldRole {
    readonly role: RoleDefinition;
    readonly place: Place;
    readonly right: RoleRight;
}

type Kept = SmallerSet["enough"][number];

const asHeld = (right: Right): Held[] => {
    if (right.kind !== "role" || !isDecided(right.definition) || !isDecided(right.scope)) return [];
    const { id } = right.scope;
    return id === undefined ? [] : [{ role: right.definition, scope: id, place: right.scope, right }];
};

/** All that the identity does on Azure, where that is known: from its code, or from every role's own word. */
const knownActions = (held: readonly Held[], identity: string, sources: Sources): NeededAction[] | undefined => {
    const code = codeOf(sources, identity);
    const own = held.flatMap(({ right, scope }) => (right.actions ?? []).map(action => ({ action, scope })));
    if (held.every(({ right }) => (right.actions ?? []).length > 0)) return own;
    if (code?.complete !== true) return undefined;
    return [...own, ...(code.actions ?? []).map(({ call }) => ({ action: call }))];
};

const inWords = ({ role, place }: Held): string => `${role.name} on ${placeInWords(place)}`;

const standIn = ({ grant, by }: Replacement<Held>): string => {
    const names = by.roles.map(({ name }) => name);
    const role =
        names.length > 0 ? names.join(" and ") : `a custom role of ${counted(by.custom.actions.length, "action")}`;
    return `${role} on ${placeInWords(grant.place)}`;
};

/** Actions that a role opens; each scope counts by itself. */
const opens = ({ role }: Held): number => count(roleReach(role).opens);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const droppedBy = (judgement: AzureJudgement<Held>): SmallerSet["dropped"] => [
    ...judgement.unneeded.map(held => ({ right: inWords(held), why: "no known action needs it" })),
    ...judgement.redundant.map(({ grant, coveredBy }) => ({
        right: inWords(grant),
        why: `its actions are allowed by ${coveredBy.map(inWords).join(" and ")} too`,
    })),
    ...judgement.replaceable.map(each => ({
        right: inWords(each.grant),
        why: `${standIn(each)} would do and close ${counted(each.closes, "action")}`,
    })),
];

/** The smaller set of Azure roles that allows all that an identity does, where there is one. */
export const smallerRoles = (
    identity: string,
    name: string,
    rights: readonly Right[],
    sources: Sources,
): SmallerSet[] => {
    const held = rights.flatMap(asHeld);
    const needed = held.length === 0 ? undefined : knownActions(held, identity, sources);
    if (needed === undefined || needed.length === 0) return [];
    const judgement = judgeAzure(held, needed);
    const dropped = droppedBy(judgement);
    if (judgement.missing.length > 0 || dropped.length === 0) return [];
    const gone = new Set<Held>([
        ...judgement.unneeded,
        ...judgement.redundant.map(({ grant }) => grant),
        ...judgement.replaceable.map(({ grant }) => grant),
    ]);
    const because = (scope: string): Kept["because"] =>
        needed
            .filter(each => each.scope === undefined || each.scope === scope)
            .map(({ action }) => ({ call: action, at: linesOf(sources, identity, action) }));
    const kept = held.filter(each => !gone.has(each));
    return [
        {
            ...{ identity: name, kind: "roles", now: held.map(inWords).sort() },
            enough: [
                ...kept.map(each => ({ right: inWords(each), because: because(each.scope) })),
                ...judgement.replaceable.map(each => ({ right: standIn(each), because: because(each.grant.scope) })),
            ],
            dropped,
            opensNow: sum(held.map(opens)),
            wouldOpen: sum([
                ...kept.map(opens),
                ...judgement.replaceable.map(({ grant, closes }) => opens(grant) - closes),
            ]),
        },
    ];
};
