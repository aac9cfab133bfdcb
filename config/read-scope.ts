import { didYouMean } from "../access/name.ts";
import { parseScope } from "../access/scope.ts";
import type { ScopeOwner } from "./declaration.ts";
import { groupId, hostId } from "./places.ts";
import type { RawScope, RawWorkload } from "./raw.ts";

/** What scopes can name. */
export interface Places {
    readonly subscription: string;
    readonly workloads: ReadonlyMap<string, RawWorkload>;
    /** Groups that the program makes. */
    readonly groups: ReadonlySet<string>;
}

/** A scope by its id, and who makes what it names. */
export interface ReadScope {
    readonly scope: string;
    readonly owned: ScopeOwner;
}

const ofWorkload = (name: string, { subscription, workloads }: Places): ReadScope => {
    const workload = workloads.get(name);
    if (!workload) throw new Error(`unknown workload '${name}'${didYouMean(name, [...workloads.keys()])}`);
    const scope = hostId(subscription, name, workload);
    if (scope === undefined)
        throw new Error(`workload '${name}' has no account or Function App that a role could be assigned on`);
    return { scope, owned: { workload: name } };
};

const ownedGroup = (group: string | undefined, subscription: string | undefined, places: Places): ScopeOwner => {
    if (group === undefined || subscription?.toLowerCase() !== places.subscription.toLowerCase()) return {};
    const made = [...places.groups].find(name => name.toLowerCase() === group.toLowerCase());
    return made === undefined ? {} : { group: made };
};

/**
 * The scope that is meant.
 * @throws when it is none, or names a workload that has no resource.
 */
export const readScope = (raw: RawScope, places: Places): ReadScope => {
    if (typeof raw !== "string") {
        if ("workload" in raw) return ofWorkload(raw.workload, places);
        if ("subscription" in raw) return { scope: `/subscriptions/${raw.subscription}`, owned: {} };
        return {
            scope: groupId(places.subscription, raw.group),
            owned: ownedGroup(raw.group, places.subscription, places),
        };
    }
    const { id, resourceGroup, subscription } = parseScope(raw);
    return { scope: id, owned: ownedGroup(resourceGroup, subscription, places) };
};
