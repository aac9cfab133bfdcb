import type { Principal, PrincipalKind } from "../../access/model.ts";
import { ATTACHING, attachedIdsOf, identityBlockOf } from "./identity-block.ts";
import { placeKindOf } from "./place.ts";
import type { Places } from "./places.ts";
import {
    attachedObjectIds,
    clientIdOfPrincipal,
    mayHaveSystemIdentity,
    objectIdsOf,
    principalKindOf,
    systemIdsOf,
    tail,
} from "./principal-sources.ts";
import type { PlainResource } from "./resource.ts";
import type { Value } from "./value.ts";

const outsider = (id: string): Principal => ({ key: `object:${id.toLowerCase()}`, kind: "unknown", name: id });

/**
 * Who the resources of a stack are, and whom they name. A principal that the stack makes is the resource that makes it,
 * be it named by its id or linked to while its id is not known.
 */
export class Principals {
    readonly #places: Places;
    readonly #byObjectId = new Map<string, Principal>();
    readonly #byClientId = new Map<string, Principal>();
    readonly #ofApplication = new Map<string, Principal>();
    readonly #attached = new Map<string, string>();
    readonly #made = new Map<string, Principal | undefined>();

    constructor(resources: readonly PlainResource[], places: Places) {
        this.#places = places;
        const [principals, hosts] = split(resources);
        for (const resource of [...principals, ...hosts]) this.#index(resource);
        for (const resource of principals) this.#applications(resource);
    }

    #index(resource: PlainResource): void {
        for (const [id, objectId] of attachedObjectIds(resource)) this.#attached.set(id, objectId);
        const made = this.madeBy(resource);
        if (made === undefined) return;
        for (const id of objectIdsOf(resource).map(each => each.toLowerCase()))
            if (!this.#byObjectId.has(id)) this.#byObjectId.set(id, made);
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

    /** The principal whose id a property holds, or that its value comes from. */
    named(resource: PlainResource, key: string, value: unknown = resource.value(key)): Principal {
        const known = typeof value === "string" && value !== "" ? this.withId(value) : undefined;
        if (known?.key.startsWith("urn:") === true) return known;
        return (
            this.#linked(resource, key) ??
            known ?? { key: `unknown:${resource.urn}`, kind: "unknown", name: resource.name }
        );
    }

    /** The one principal that a property's links lead to: one that is a principal itself before one that has one. */
    #linked(resource: PlainResource, key: string): Principal | undefined {
        const links = resource.links(key);
        const found = [
            links.filter(each => principalKindOf(each) !== undefined && each.token !== "azuread:Application"),
            links.filter(each => each.token === "azuread:Application"),
            links.filter(each => principalKindOf(each) === undefined && placeKindOf(each) !== undefined),
        ].find(list => list.length > 0);
        const [only, ...others] = found ?? [];
        return only === undefined || others.length > 0 ? undefined : (this.madeBy(only) ?? this.#borrowed(only));
    }

    /** Of a resource without an identity of its own, the one that is attached; of one that does not say, its own. */
    #borrowed(resource: PlainResource): Principal | undefined {
        const attached = this.attachedTo(resource);
        const [only, ...others] = attached;
        if (only !== undefined) return others.length === 0 ? only : undefined;
        return mayHaveSystemIdentity(resource)
            ? { key: resource.urn, kind: "system-assigned", name: resource.name }
            : undefined;
    }

    /** The user-assigned identities that a resource acts with. */
    attachedTo(resource: PlainResource): readonly Principal[] {
        const linked = ATTACHING.flatMap(key => resource.links(key)).filter(
            each => principalKindOf(each) === "user-assigned",
        );
        const named = attachedIdsOf(resource).map(id => this.#withResourceId(id));
        const all = [...linked.flatMap(each => this.madeBy(each) ?? []), ...named];
        return [...new Map(all.map(principal => [principal.key, principal])).values()];
    }

    /** A user-assigned identity by its resource id; one that the stack does not make by its object id, where that is told. */
    #withResourceId(id: string): Principal {
        const resource = this.#places.resourceWithId(id);
        const made = resource && this.madeBy(resource);
        if (made !== undefined) return made;
        const objectId = this.#attached.get(id.toLowerCase()) ?? id;
        return { ...outsider(objectId), kind: "user-assigned", name: id.split("/").at(-1) ?? id };
    }
}

/** What a resource is by its type goes before what it has: a cluster can be given the identity of another resource. */
const split = (resources: readonly PlainResource[]): readonly [PlainResource[], PlainResource[]] => [
    resources.filter(each => principalKindOf(each) !== undefined),
    resources.filter(each => principalKindOf(each) === undefined),
];

const madeBy = (resource: PlainResource): Principal | undefined => {
    const kind = principalKindOf(resource) ?? (hasSystemIdentity(resource) ? "system-assigned" : undefined);
    return kind && { key: resource.urn, kind, name: resource.name };
};

/** Whether it has an identity of its own, or may have: what is not known is taken for one. */
const hasSystemIdentity = (resource: PlainResource): boolean => {
    const block = identityBlockOf(resource);
    return (block !== undefined && block.system !== false) || systemIdsOf(resource).length > 0;
};

const TYPES: ReadonlyMap<string, PrincipalKind> = new Map([
    ["group", "group"],
    ["serviceprincipal", "service-principal"],
    ["user", "user"],
]);

/** A principal of which the stack tells nothing else, as the type says that it is assigned a role with. */
export const withType = (principal: Principal, type: Value<string | undefined>): Principal => {
    const kind = typeof type === "string" ? TYPES.get(type.toLowerCase()) : undefined;
    return principal.kind === "unknown" && kind !== undefined ? { ...principal, kind } : principal;
};
