import { MICROSOFT_GRAPH } from "./apis.ts";
import type { Building } from "./escalation-building.ts";
import {
    type DirectoryPower,
    directoryPowerOf,
    OVER,
    type Over,
    OWNED_BY,
    permissionPowerOf,
} from "./escalation-directory.ts";
import { rightName } from "./escalation-names.ts";
import {
    type DirectoryRoleRight,
    isDecided,
    type MemberRight,
    type OwnerRight,
    type PermissionRight,
    type PrincipalKind,
    type Right,
} from "./model.ts";

const overKey = (over: Over): string => `over:${over}`;

const UNTOLD: DirectoryPower = {
    edge: "AZMGGrantAppRoles",
    over: ["everything"],
    words: "can by what the permission allows act as",
    certain: false,
};

const reach = (
    building: Building,
    right: PermissionRight | DirectoryRoleRight,
    power: DirectoryPower,
    certain: boolean,
): void => {
    const from = building.graph.principal(right.holder);
    if (from === undefined) return;
    const words = certain ? power.words : power.words.replace(/^can\b/, "may be able to");
    const step = { edge: power.edge, by: [right.key], certain, words, how: rightName(right, building.names) };
    for (const over of power.over) building.graph.add(from, { to: building.graph.node(overKey(over)), certain, step });
};

const addPermission = (building: Building, right: PermissionRight): void => {
    const isOther = right.appId !== MICROSOFT_GRAPH && (right.appId !== undefined || isDecided(right.api));
    if (isOther) return;
    const power = isDecided(right.permission) ? permissionPowerOf(right.permission) : UNTOLD;
    if (power !== undefined) reach(building, right, power, power.certain && right.appId === MICROSOFT_GRAPH);
};

const addDirectoryRole = (building: Building, right: DirectoryRoleRight): void => {
    const powers = isDecided(right.role) ? directoryPowerOf(right.role) : directoryPowerOf("");
    for (const power of powers) reach(building, right, power, power.certain && right.scope === undefined);
};

/** Adds the principals of each kind that powers over the directory reach. */
export const addReached = ({ graph, kinds, rights }: Building): void => {
    const roleHolders = new Set(rights.filter(({ kind }) => kind === "directory-role").map(({ holder }) => holder));
    const setsOf = (key: string, kind: PrincipalKind): readonly Over[] => {
        if (kind === "application") return ["applications"];
        if (kind === "service-principal") return ["service-principals"];
        if (kind === "user") return ["users"];
        return kind === "group" ? [roleHolders.has(key) ? "role-groups" : "plain-groups"] : [];
    };
    for (const [key, kind] of kinds) {
        const to = graph.principal(key);
        if (to === undefined) continue;
        for (const over of [...setsOf(key, kind), "everything"] as const) {
            const set = graph.find(overKey(over));
            if (set !== undefined) graph.add(set, { to, certain: true });
        }
    }
};

/** The nodes between powers over the directory and those that they reach. */
export const reachedNodes = ({ graph }: Building): readonly number[] =>
    OVER.flatMap(over => graph.find(overKey(over)) ?? []);

const WORKLOADS: ReadonlySet<PrincipalKind | undefined> = new Set([
    "system-assigned",
    "user-assigned",
    "service-principal",
]);

const isOwnedBy = (right: Right): boolean =>
    right.kind === "permission" &&
    right.appId === MICROSOFT_GRAPH &&
    isDecided(right.permission) &&
    right.permission.toLowerCase() === OWNED_BY;

/** People manage what they own; a workload needs a permission for that besides. */
const addOwner = ({ graph, kinds, names, rightsOf }: Building, right: OwnerRight): void => {
    const [from, to] = [graph.principal(right.holder), graph.principal(right.of)];
    if (from === undefined || to === undefined) return;
    const isGroup = kinds.get(right.of) === "group";
    const verb = isGroup ? "make itself a member of" : "add a secret to";
    const permission = rightsOf.get(right.holder)?.find(isOwnedBy);
    const isPerson = !WORKLOADS.has(kinds.get(right.holder));
    const certain = isPerson || (!isGroup && permission !== undefined);
    const by = isPerson || permission === undefined || isGroup ? [right.key] : [right.key, permission.key];
    const words = `${certain ? "can" : "may be able to"} ${verb}`;
    graph.add(from, { to, certain, step: { edge: "AZOwns", by, certain, words, how: rightName(right, names) } });
};

const addMember = ({ graph }: Building, right: MemberRight): void => {
    const [from, to] = [graph.principal(right.holder), graph.principal(right.group)];
    if (from === undefined || to === undefined) return;
    const step = { edge: "AZMemberOf", by: [right.key], certain: true, words: "is a member of" };
    graph.add(from, { to, certain: true, step });
};

/** Adds whom one can become by a right over the directory: groups, applications, what it owns, roles of the directory. */
export const addDirectoryRight = (building: Building, right: Right): void => {
    if (right.kind === "permission") addPermission(building, right);
    if (right.kind === "directory-role") addDirectoryRole(building, right);
    if (right.kind === "owner") addOwner(building, right);
    if (right.kind === "member") addMember(building, right);
};
