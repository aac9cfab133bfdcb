import type { Principal } from "../../access/model.ts";
import { isCluster } from "./cluster.ts";
import { identityBlockOf, OF_MACHINES } from "./identity-block.ts";
import {
    attachedObjectIds,
    clientIdOfPrincipal,
    objectIdsOf,
    principalKindOf,
    systemIdsOf,
    tail,
} from "./principal-sources.ts";
import type { PlainResource } from "./resource.ts";

/** A principal that the stack does not make. */
export const outsider = (id: string): Principal => ({ key: `object:${id.toLowerCase()}`, kind: "unknown", name: id });

/** What a resource is by its type goes before what it has: a cluster can be given the identity of another resource. */
const split = (resources: readonly PlainResource[]): readonly [PlainResource[], PlainResource[]] => [
    resources.filter(each => principalKindOf(each) !== undefined),
    resources.filter(each => principalKindOf(each) === undefined),
];

const madeBy = (resource: PlainResource): Principal | undefined => {
    const kind = principalKindOf(resource) ?? (hasSystemIdentity(resource) ? "system-assigned" : undefined);
    return kind && { key: resource.urn, kind, name: resource.name };
};

/** The machines of a cluster get an identity of their own, unless they are given one. */
const givesMachinesIdentity = (resource: PlainResource): boolean =>
    isCluster(resource) && identityBlockOf(resource) !== undefined && !OF_MACHINES.some(key => resource.has(key));

/** Whether it has an identity of its own, or may have: what is not known is taken for one. */
const hasSystemIdentity = (resource: PlainResource): boolean => {
    const block = identityBlockOf(resource);
    const isOwn = block !== undefined && block.system !== false;
    return isOwn || givesMachinesIdentity(resource) || systemIdsOf(resource).length > 0;
};

/** The principals that the resources of a stack make, by the ids that are known of them. */
export class PrincipalIndex {
    readonly #byObjectId = new Map<string, Principal>();
    readonly #byClientId = new Map<string, Principal>();
    readonly #ofApplication = new Map<string, Principal>();
    readonly #attached = new Map<string, string>();
    readonly #made = new Map<string, Principal | undefined>();
    readonly #told = new Set<string>();

    constructor(resources: readonly PlainResource[]) {
        const [principals, hosts] = split(resources);
        for (const resource of [...principals, ...hosts]) this.#index(resource);
        for (const resource of principals) this.#applications(resource);
    }

    #index(resource: PlainResource): void {
        for (const [id, objectId] of attachedObjectIds(resource)) this.#attached.set(id, objectId);
        const made = this.madeBy(resource);
        if (made === undefined) return;
        for (const id of objectIdsOf(resource).map(each => each.toLowerCase())) {
            if (!this.#byObjectId.has(id)) this.#byObjectId.set(id, made);
            this.#told.add(made.key);
        }
        const clientId = clientIdOfPrincipal(resource);
        if (clientId !== undefined && made.kind !== "service-principal")
            this.#byClientId.set(clientId.toLowerCase(), made);
    }

    /** A service principal stands for the application that its client id is of. */
    #applications(resource: PlainResource): void {
        if (resource.token !== "azuread:ServicePrincipal") return;
        const application = this.applicationOf(resource);
        const made = this.madeBy(resource);
        if (application !== undefined && made !== undefined) this.#ofApplication.set(application.key, made);
    }

    /** The application of the stack that a property's client id or application id is of. */
    applicationOf(resource: PlainResource, ...keys: readonly string[]): Principal | undefined {
        for (const key of keys.length > 0 ? keys : ["clientId", "applicationId"]) {
            const text = resource.text(key);
            const id = typeof text === "string" ? tail(text).toLowerCase() : undefined;
            const named = id === undefined ? undefined : (this.#byClientId.get(id) ?? this.#byObjectId.get(id));
            const linked = resource
                .links(key)
                .map(each => this.madeBy(each))
                .find(each => each?.kind === "application");
            const found = named ?? linked;
            if (found !== undefined) return found;
        }
        return undefined;
    }

    /** Who signs in with the credentials of an application: its service principal, where the stack has it. */
    signedInBy(principal: Principal): Principal {
        return this.#ofApplication.get(principal.key) ?? principal;
    }

    /** The principal that a resource makes. */
    madeBy(resource: PlainResource): Principal | undefined {
        if (!this.#made.has(resource.urn)) this.#made.set(resource.urn, madeBy(resource));
        return this.#made.get(resource.urn);
    }

    /** The principal with an object id. */
    withId(id: string): Principal {
        return this.#byObjectId.get(tail(id).toLowerCase()) ?? outsider(tail(id));
    }

    /** Whether any object id of a principal is known. */
    isTold({ key }: Principal): boolean {
        return this.#told.has(key);
    }

    /** Object id of a user-assigned identity that the stack does not make, where what acts with it tells. */
    attachedObjectId(resourceId: string): string | undefined {
        return this.#attached.get(resourceId.toLowerCase());
    }
}
