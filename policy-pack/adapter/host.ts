import type { Host, Principal } from "../../access/model.ts";
import { isCluster } from "./cluster.ts";
import { administratorsOf, isOpenToUsers } from "./host-administrators.ts";
import { codeSourcesOf } from "./host-sources.ts";
import { partsOf } from "./host-parts.ts";
import { BINDING, identityBlockOf, OF_MACHINES } from "./identity-block.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

/** The identities of a cluster's machines: those that it is given for them, else the one that Azure makes. */
const machinesOf = (
    resource: PlainResource,
    own: readonly Principal[],
    { principals }: StackDefinitions,
): readonly string[] | undefined => {
    if (!isCluster(resource)) return undefined;
    const given = principals.attachedTo(resource, OF_MACHINES);
    const machines = given.length > 0 ? given : own;
    return machines.length > 0 ? machines.map(({ key }) => key) : undefined;
};

/** The identities that are bound to the workloads of a cluster. */
const boundTo = (resource: PlainResource, defined: StackDefinitions): readonly Principal[] =>
    isCluster(resource) ? partsOf(resource, defined).flatMap(part => defined.principals.attachedTo(part, BINDING)) : [];

/** A resource that acts with identities: those attached to it, and its own where it has one or holds a right. */
export const hostOf = (
    resource: PlainResource,
    defined: StackDefinitions,
    holders: ReadonlyMap<string, Principal>,
): Host | undefined => {
    const { places, principals } = defined;
    const made = principals.madeBy(resource) ?? holders.get(resource.urn);
    const own = made?.kind === "system-assigned" ? [made] : [];
    const acting = [...own, ...principals.attachedTo(resource), ...boundTo(resource, defined)];
    const identities = [...new Set(acting.map(({ key }) => key))];
    if (identities.length === 0 && identityBlockOf(resource) === undefined) return undefined;
    const machines = machinesOf(resource, own, defined);
    const [sources, administrators] = [codeSourcesOf(resource, defined), administratorsOf(resource, defined)];
    return {
        ...{ key: resource.urn, name: resource.name, place: places.of(resource), identities },
        ...(machines && { machines }),
        ...(sources.length > 0 && { sources }),
        ...(administrators.length > 0 && { administrators: administrators.map(({ key }) => key) }),
        ...(isOpenToUsers(resource) && { openToUsers: true as const }),
    };
};
