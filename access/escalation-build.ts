import { addAdministered } from "./escalation-administrators.ts";
import { addAttachments } from "./escalation-attach.ts";
import { type Building, placesOf } from "./escalation-building.ts";
import { EscalationGraph, takesOne } from "./escalation-graph.ts";
import { membershipsOf } from "./escalation-memberships.ts";
import { namesOf } from "./escalation-names.ts";
import { addDirectoryRight, addReached, reachedNodes } from "./escalation-people.ts";
import { type PlaceKeys, scopeKeys } from "./escalation-place.ts";
import { customRoles, Powers } from "./escalation-power.ts";
import { addRole, addVaultPolicy } from "./escalation-roles.ts";
import { addStandIns, standInsOf } from "./escalation-stand-ins.ts";
import { hostsOf, targetsOf } from "./escalation-targets.ts";
import { Ways } from "./escalation-ways.ts";
import { type AccessModel, isDecided, type Right } from "./model.ts";

const graphOf = (model: AccessModel): EscalationGraph =>
    new EscalationGraph([
        ...model.principals.map(({ key }) => key),
        ...model.rights.map(({ holder }) => holder),
        ...model.hosts.flatMap(({ identities, administrators = [] }) => [...identities, ...administrators]),
        ...model.entries.map(({ principal }) => principal),
    ]);

const keysOf = (right: Right): PlaceKeys => {
    if (right.kind === "role") return placesOf(right);
    return right.kind === "vault-policy" ? scopeKeys(right.vault) : [];
};

/** Adds the ways out of one principal. */
const addHolder = (building: Building, holder: string): void => {
    for (const right of building.rightsOf.get(holder) ?? [])
        if (right.kind === "role") addRole(building, right);
        else if (right.kind === "vault-policy") addVaultPolicy(building, right);
        else addDirectoryRight(building, right);
    addAttachments(building, holder);
    addStandIns(building, holder);
};

const entriesOf = ({ entries }: AccessModel): Building["entries"] =>
    new Map(
        [...Map.groupBy(entries, ({ principal }) => principal)].map(([key, list]) => [key, list.map(each => each.key)]),
    );

/** Who can become whom in a model. */
export const build = (model: AccessModel): Building => {
    const graph = graphOf(model);
    const asked = new Set(model.rights.flatMap(right => keysOf(right).map(([key]) => key)));
    const hosts = hostsOf(model);
    const ways = new Ways(graph, targetsOf(model, hosts), asked);
    addAdministered(graph, hosts);
    const definitions = model.rights.flatMap(right =>
        right.kind === "role" && isDecided(right.definition) ? [right.definition] : [],
    );
    const building: Building = {
        graph,
        ways,
        powers: new Powers(ways.takeovers, customRoles(definitions)),
        rights: model.rights,
        rightsOf: Map.groupBy(model.rights, ({ holder }) => holder),
        names: namesOf(model),
        kinds: new Map(model.principals.map(({ key, kind }) => [key, kind])),
        groups: membershipsOf(model),
        standIns: standInsOf(model),
        entries: entriesOf(model),
    };
    for (const holder of graph.principals) addHolder(building, holder);
    addReached(building);
    graph.settle();
    return building;
};

/** The principals whose ways change with those of others: what a group holds, its members hold. */
const touchedBy = ({ groups }: Building, holders: ReadonlySet<string>): readonly string[] => [
    ...holders,
    ...[...groups].flatMap(([member, list]) =>
        !holders.has(member) && list.some(({ group }) => holders.has(group)) ? [member] : [],
    ),
];

const nodesOf = ({ graph }: Building, holders: readonly string[]): readonly number[] =>
    holders.flatMap(holder => graph.principal(holder) ?? []);

/** Whether it is enough to leave out the ways of a holder that take rights which are gone: no other stands in for them. */
const losesOnly = ({ graph, groups }: Building, holder: string, gone: ReadonlySet<string>): boolean =>
    !groups.has(holder) &&
    graph.out(graph.principal(holder) ?? -1).every(arc => (arc.step?.by.length ?? 0) < 2 || !takesOne(arc, gone));

/** The same without some rights, by their keys. What does not change is taken over. */
export const buildWithout = (whole: Building, gone: ReadonlySet<string>): Building => {
    const lost = whole.rights.filter(({ key }) => gone.has(key));
    const rights = whole.rights.filter(({ key }) => !gone.has(key));
    const touched = touchedBy(whole, new Set(lost.map(({ holder }) => holder)));
    const rightsOf = new Map(whole.rightsOf);
    for (const holder of touched)
        rightsOf.set(
            holder,
            (rightsOf.get(holder) ?? []).filter(({ key }) => !gone.has(key)),
        );
    const isThinned = (holder: string): boolean => losesOnly(whole, holder, gone);
    const [thinned, afresh] = [touched.filter(isThinned), touched.filter(holder => !isThinned(holder))];
    const isOver = lost.some(({ kind }) => kind === "directory-role");
    const anew = [...nodesOf(whole, afresh), ...(isOver ? reachedNodes(whole) : [])];
    const groups = lost.some(({ kind }) => kind === "member") ? membershipsOf({ rights }) : whole.groups;
    const building: Building = {
        ...whole,
        graph: whole.graph.without(anew, nodesOf(whole, thinned), gone),
        rights,
        rightsOf,
        groups,
    };
    for (const holder of afresh) addHolder(building, holder);
    if (isOver) addReached(building);
    building.graph.settle(anew);
    return building;
};
