import type { Principal, PrincipalKind } from "../../access/model.ts";
import { ATTACHING, attachedIdsOf, identityBlockOf } from "./identity-block.ts";
import { placeKindOf } from "./place.ts";
import type { Places } from "./places.ts";
import { outsider, PrincipalIndex } from "./principal-index.ts";
import { mayHaveSystemIdentity, principalKindOf } from "./principal-sources.ts";
import type { PlainResource } from "./resource.ts";
import type { Value } from "./value.ts";

/**
 * Who the resources of a stack are, and whom they name. A principal that the stack makes is the resource that makes it,
 * be it named by its id or linked to while its id is not known.
 */
export class Principals extends PrincipalIndex {
    readonly #places: Places;

    constructor(resources: readonly PlainResource[], places: Places) {
        super(resources);
        this.#places = places;
    }

    /** The principal whose id a property holds, or that its value comes from. */
    named(resource: PlainResource, key: string, value: unknown = resource.value(key)): Principal {
        const known = typeof value === "string" && value !== "" ? this.withId(value) : undefined;
        if (known?.key.startsWith("urn:") === true) return known;
        const linked = this.#linked(resource, key);
        const isAnother = known !== undefined && linked !== undefined && this.isTold(linked);
        const found = isAnother ? known : (linked ?? known);
        return found ?? { key: `unknown:${resource.urn}`, kind: "unknown", name: resource.name };
    }

    /** Who one of a list is for. What its property comes from tells of none that says so itself beside others. */
    among(list: readonly unknown[], resource: PlainResource, key: string, id: unknown): Principal {
        const isTold = list.length > 1 && typeof id === "string" && id !== "";
        return isTold ? this.withId(id) : this.named(resource, key, id);
    }

    /** The one principal that a property's links lead to: what is a principal itself goes before what has an identity. */
    #linked(resource: PlainResource, key: string): Principal | undefined {
        const links = resource.links(key);
        const others = links.filter(each => principalKindOf(each) === undefined && placeKindOf(each) === "resource");
        const found = [
            links.filter(each => principalKindOf(each) !== undefined && each.token !== "azuread:Application"),
            links.filter(each => each.token === "azuread:Application"),
            others.filter(each => identityBlockOf(each) !== undefined),
            others,
        ].find(list => list.length > 0);
        const [only, ...more] = found ?? [];
        return only === undefined || more.length > 0 ? undefined : (this.madeBy(only) ?? this.#borrowed(only));
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

    /** The user-assigned identities that a resource acts with, by all properties that attach some or by some of them. */
    attachedTo(resource: PlainResource, keys = ATTACHING): readonly Principal[] {
        const linked = keys
            .flatMap(key => resource.links(key))
            .filter(each => principalKindOf(each) === "user-assigned");
        const named = attachedIdsOf(resource, keys).map(id => this.#withResourceId(id));
        const all = [...linked.flatMap(each => this.madeBy(each) ?? []), ...named];
        return [...new Map(all.map(principal => [principal.key, principal])).values()];
    }

    /** A user-assigned identity by its resource id; one that the stack does not make by its object id, where that is told. */
    #withResourceId(id: string): Principal {
        const resource = this.#places.resourceWithId(id);
        const made = resource && this.madeBy(resource);
        if (made !== undefined) return made;
        const objectId = this.attachedObjectId(id) ?? id;
        return { ...outsider(objectId), kind: "user-assigned", name: id.split("/").at(-1) ?? id };
    }
}

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
