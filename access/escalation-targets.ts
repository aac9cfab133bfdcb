import { IDENTITY, takeoversOf, VAULT } from "./escalation-hosts.ts";
import { pulledBy, sourcesOf } from "./escalation-kept.ts";
import type { Takeover } from "./escalation-takeover.ts";
import type { AccessModel, Place } from "./model.ts";

/** A resource of which who may do something to it gets to act as others. */
export interface Target {
    readonly key: string;
    /** Absent of an identity itself. */
    readonly name?: string;
    readonly type: string;
    readonly place: Place;
    /** Keys of the principals that it gives. */
    readonly identities: readonly string[];
    /** Key of the principal that has all of them as it is: the identity that the resource alone acts with. */
    readonly exceptTo?: string;
}

const typeOf = (place: Place): string => (place.type ?? "").toLowerCase();

/** The hosts of a model, with the workloads that sign in by their tokens. */
export const hostsOf = ({ hosts, entries }: AccessModel): readonly Target[] => {
    const issued = Map.groupBy(
        entries.filter(({ issuedBy }) => issuedBy !== undefined),
        ({ issuedBy }) => issuedBy,
    );
    return hosts.map(({ key, name, place, identities, machines = identities }) => {
        const federated = (issued.get(key) ?? []).map(({ principal }) => principal);
        return { key, name, type: typeOf(place), place, identities: [...new Set([...machines, ...federated])] };
    });
};

const identitiesOf = ({ principals }: AccessModel): readonly Target[] =>
    principals.flatMap(({ key, kind, place }) =>
        kind === "user-assigned" && place !== undefined
            ? [{ key: `identity:${key}`, type: IDENTITY, place, identities: [key] }]
            : [],
    );

const vaultsOf = ({ entries }: AccessModel): readonly Target[] =>
    entries.flatMap(({ key, principal, storedIn = [] }) =>
        storedIn.map((place, at) => ({
            key: `vault:${key}#${String(at)}`,
            name: place.name ?? place.id?.split("/").at(-1) ?? place.urn?.split("::").at(-1) ?? "a key vault",
            type: VAULT,
            place,
            identities: [principal],
        })),
    );

const byKey = (a: Target, b: Target): number => (a.key < b.key ? -1 : 1);

/** Every resource of a model that gives who may change or read it more than itself. */
export const targetsOf = (model: AccessModel, hosts = hostsOf(model)): readonly Target[] => {
    const kept = [...sourcesOf(hosts, model), ...pulledBy(hosts, model)];
    return [...hosts, ...kept, ...identitiesOf(model), ...vaultsOf(model)]
        .filter(({ identities }) => identities.length > 0)
        .sort(byKey);
};

/** The ways that are open on some of the targets, each with its place in the list. */
export const takeoversOn = (targets: readonly Target[]): readonly Takeover[] => [
    ...new Set(targets.flatMap(({ type }) => takeoversOf(type))),
];
