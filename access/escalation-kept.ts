import { keyType, OPEN_CLUSTER, sourceType } from "./escalation-sources.ts";
import type { Target } from "./escalation-targets.ts";
import { type AccessModel, type CodeSource, isDecided, type Place, type Right, type RoleRight } from "./model.ts";
import { roleMayAllow } from "./roles.ts";

const typeOf = ({ type = "" }: Place): string => type.toLowerCase();

/** The storage account that what is kept in a container or share is in. */
const accountOf = (place: Place): Place => (typeOf(place).split("/").length > 2 ? (place.within ?? place) : place);

const sourceTargets = (
    { key, name, identities }: Target,
    { kind, place, keyless }: CodeSource,
    at: number,
): Target[] => {
    const id = `${key}#source${String(at)}`;
    const target = {
        ...(name !== undefined && { name }),
        ...{ key: id, place, identities, type: sourceType(kind), exceptTo: key },
    };
    const isStorage = kind !== "image" && kind !== "pulled";
    const account = { ...target, key: `${target.key}key`, place: accountOf(place), type: keyType(kind) };
    return isStorage && keyless !== true ? [target, account] : [target];
};

/** What hosts run from elsewhere, and clusters that open to those who only use them. */
export const sourcesOf = (targets: readonly Target[], { hosts }: AccessModel): readonly Target[] => {
    const byHost = new Map(targets.map(target => [target.key, target]));
    return hosts.flatMap(({ key, sources = [], openToUsers }) => {
        const target = byHost.get(key);
        if (target === undefined) return [];
        const open = openToUsers === true ? [{ ...target, key: `${key}#users`, type: OPEN_CLUSTER }] : [];
        return [...sources.flatMap((source, at) => sourceTargets(target, source, at)), ...open];
    });
};

const CLUSTER = "microsoft.containerservice/managedclusters";
const REGISTRY = "Microsoft.ContainerRegistry/registries";

/** A role that lets its holder pull images, on a registry itself: on what is around it, nothing tells which. */
const pulls = (right: Right): right is RoleRight & { readonly scope: Place } =>
    right.kind === "role" &&
    isDecided(right.scope) &&
    typeOf(right.scope) === REGISTRY.toLowerCase() &&
    isDecided(right.definition) &&
    (roleMayAllow(right.definition, `${REGISTRY}/pull/read`, "action") ||
        roleMayAllow(right.definition, `${REGISTRY}/repositories/content/read`, "dataAction"));

/**
 * Clusters run images of the registries that their machines pull from: who changes an image acts as what runs it, the
 * machines' identity and the workloads that the cluster signs in.
 */
export const pulledBy = (targets: readonly Target[], { rights, hosts }: AccessModel): readonly Target[] => {
    const clusters = targets.filter(({ type }) => type === CLUSTER);
    if (clusters.length === 0) return [];
    const byHolder = Map.groupBy(rights.filter(pulls), ({ holder }) => holder);
    const own = new Map(hosts.map(({ key, identities, machines = identities }) => [key, machines]));
    return clusters.flatMap(({ key, name, identities }) => {
        const machines = own.get(key) ?? [];
        const workloads = identities.filter(each => !machines.includes(each));
        return machines.flatMap(machine =>
            (byHolder.get(machine) ?? []).map(({ key: right, scope }) => ({
                ...{ key: `${key}#pulled/${right}`, name: name ?? key, type: sourceType("pulled"), place: scope },
                ...{ identities: [machine, ...workloads], exceptTo: key },
            })),
        );
    });
};
