import { MICROSOFT_GRAPH } from "./apis.ts";
import type { Building } from "./escalation-building.ts";
import {
    type DirectoryPower,
    directoryPowerOf,
    type Over,
    OWNED_BY,
    permissionPowerOf,
} from "./escalation-directory.ts";
import { rightName } from "./escalation-names.ts";
import {
    type DirectoryRoleRight,
    isDecided,
    type OwnerRight,
    type PermissionRight,
    type Principal,
    type PrincipalKind,
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

/** Principals of each kind that powers over the directory reach. */
const addReached = ({ graph, model }: Building): void => {
    const roleHolders = new Set(
        model.rights.filter(({ kind }) => kind === "directory-role").map(({ holder }) => holder),
    );
    const setsOf = ({ key, kind }: Principal): readonly Over[] => {
        if (kind === "application") return ["applications"];
        if (kind === "service-principal") return ["service-principals"];
        if (kind === "user") return ["users"];
        return kind === "group" ? [roleHolders.has(key) ? "role-groups" : "plain-groups"] : [];
    };
    for (const principal of model.principals) {
        const to = graph.principal(principal.key);
        if (to === undefined) continue;
        for (const over of [...setsOf(principal), "everything"] as const)
            if (graph.find(overKey(over)) !== undefined) graph.add(graph.node(overKey(over)), { to, certain: true });
    }
};

const WORKLOADS: ReadonlySet<PrincipalKind | undefined> = new Set([
    "system-assigned",
    "user-assigned",
    "service-principal",
]);

/** People manage what they own; a workload needs a permission for that besides. */
const addOwner = (building: Building, right: OwnerRight, kinds: ReadonlyMap<string, PrincipalKind>): void => {
    const { graph, model, names } = building;
    const [from, to] = [graph.principal(right.holder), graph.principal(right.of)];
    if (from === undefined || to === undefined) return;
    const isGroup = kinds.get(right.of) === "group";
    const verb = isGroup ? "make itself a member of" : "add a secret to";
    const permission = model.rights.find(
        each =>
            each.kind === "permission" &&
            each.holder === right.holder &&
            each.appId === MICROSOFT_GRAPH &&
            isDecided(each.permission) &&
            each.permission.toLowerCase() === OWNED_BY,
    );
    const isPerson = !WORKLOADS.has(kinds.get(right.holder));
    const certain = isPerson || (!isGroup && permission !== undefined);
    const by = isPerson || permission === undefined || isGroup ? [right.key] : [right.key, permission.key];
    const words = `${certain ? "can" : "may be able to"} ${verb}`;
    graph.add(from, { to, certain, step: { edge: "AZOwns", by, certain, words, how: rightName(right, names) } });
};

const addStandIns = ({ graph, model }: Building): void => {
    const join = (from: string, to: string, edge: string, words: string): void => {
        const [a, b] = [graph.principal(from), graph.principal(to)];
        if (a === undefined || b === undefined) return;
        graph.add(a, { to: b, certain: true, step: { edge, by: [], certain: true, words } });
    };
    for (const { key, application } of model.principals)
        if (application !== undefined) join(application, key, "AZRunsAs", "signs in as");
    for (const { trusts, principal } of model.entries)
        if (trusts !== undefined) join(trusts, principal, "FederatedCredential", "is trusted to sign in as");
};

/** Adds who can become whom by rights over the directory: groups, applications, owners, roles of the directory. */
export const addPeople = (building: Building): void => {
    const { graph, model } = building;
    const kinds = new Map(model.principals.map(({ key, kind }) => [key, kind]));
    for (const right of model.rights) {
        if (right.kind === "permission") addPermission(building, right);
        if (right.kind === "directory-role") addDirectoryRole(building, right);
        if (right.kind === "owner") addOwner(building, right, kinds);
        if (right.kind !== "member") continue;
        const [from, to] = [graph.principal(right.holder), graph.principal(right.group)];
        if (from === undefined || to === undefined) continue;
        const step = { edge: "AZMemberOf", by: [right.key], certain: true, words: "is a member of" };
        graph.add(from, { to, certain: true, step });
    }
    addReached(building);
    addStandIns(building);
};
