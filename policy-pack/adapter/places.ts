import type { Place } from "../../access/model.ts";
import { parseScope } from "../../access/scope.ts";
import { armTypeOf } from "./arm-type.ts";
import { azureNameOf } from "./azure-name.ts";
import { placeKindOf, widest } from "./place.ts";
import { knownLower, PlaceIndex } from "./place-index.ts";
import type { PlainResource } from "./resource.ts";

const SUBSCRIPTION = /^\/subscriptions\/[^/]+/;
const GROUP = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/;
const IDENTITIES = "microsoft.managedidentity/userassignedidentities";

const lastTwo = (id: string): string => id.split("/").slice(0, -2).join("/");

/** Where the resources of a stack are. A place that is not known by its id is known by the resource or the names it has. */
export class Places {
    readonly #index: PlaceIndex;
    readonly #places = new Map<string, Place>();

    constructor(resources: readonly PlainResource[]) {
        this.#index = new PlaceIndex(resources);
    }

    /** Where a resource of the stack is. */
    of(resource: PlainResource): Place {
        const found = this.#places.get(resource.urn) ?? this.#locate(resource);
        this.#places.set(resource.urn, found);
        return found;
    }

    #locate(resource: PlainResource): Place {
        const kind = placeKindOf(resource) ?? "resource";
        const [type, name] = [armTypeOf(resource), azureNameOf(resource)?.toLowerCase()];
        const id = knownLower(resource.id) ?? this.#derivedId(resource, type, name);
        const within = kind === "resource" ? this.#around(resource, id) : this.#subscription(kind, resource);
        return {
            kind,
            urn: resource.urn,
            ...(id !== undefined && { id }),
            ...(kind === "resource" && type !== undefined && { type }),
            ...(name !== undefined && { name }),
            ...(within && { within }),
        };
    }

    #subscription(kind: string, resource: PlainResource): Place | undefined {
        const subscription = kind === "resourceGroup" ? this.#index.subscriptionOf(resource) : undefined;
        return subscription === undefined
            ? undefined
            : { kind: "subscription", id: `/subscriptions/${subscription}`, name: subscription };
    }

    #derivedId(resource: PlainResource, type: string | undefined, name: string | undefined): string | undefined {
        const subscription = this.#index.subscriptionOf(resource);
        if (subscription === undefined || name === undefined) return undefined;
        if (placeKindOf(resource) === "resourceGroup") return `/subscriptions/${subscription}/resourcegroups/${name}`;
        const group = this.#index.groupName(resource);
        const isChild = type?.split("/").length !== 2;
        return group === undefined || isChild
            ? undefined
            : `/subscriptions/${subscription}/resourcegroups/${group}/providers/${type ?? ""}/${name}`;
    }

    #around(resource: PlainResource, id: string | undefined): Place | undefined {
        const parent = this.#parentOf(resource);
        if (parent !== undefined) return this.of(parent);
        const group = this.#index.group(resource);
        if (group !== undefined) return this.of(group);
        const name = this.#index.groupName(resource);
        const subscription = this.#subscription("resourceGroup", resource);
        if (name !== undefined)
            return {
                kind: "resourceGroup",
                ...(subscription?.id !== undefined && { id: `${subscription.id}/resourcegroups/${name}` }),
                name,
                ...(subscription && { within: subscription }),
            };
        return id === undefined ? subscription : (this.#find(id)?.within ?? subscription);
    }

    /** The resource that it is a part of: one that a property links to, whose type begins its own. */
    #parentOf(resource: PlainResource): PlainResource | undefined {
        const type = armTypeOf(resource);
        if (type?.split("/").length === 2) return undefined;
        for (const key of resource.keys())
            for (const linked of resource.links(key)) {
                const above = armTypeOf(linked);
                if (above !== undefined && type?.startsWith(`${above}/`)) return linked;
            }
        return undefined;
    }

    /** The place with an id, as the stack has it. */
    ofId(text: string): Place {
        const scope = parseScope(text.startsWith("/") ? text : `/${text}`);
        const id = scope.id.toLowerCase();
        const type = scope.resourceType?.toLowerCase();
        const made = this.#index.withId(id, type, scope.resourceGroup);
        const name = scope.kind === "tenant" ? undefined : id.split("/").at(-1);
        const within = this.#aroundId(id, type);
        return {
            kind: scope.kind,
            id,
            ...(made && { urn: made.urn }),
            ...(type !== undefined && { type }),
            ...(name !== undefined && { name }),
            ...(within && { within }),
        };
    }

    /** Some ids of resources are no path of Azure's: those of a vault's secrets are addresses. */
    #find(id: string): Place | undefined {
        try {
            return this.ofId(id);
        } catch {
            return undefined;
        }
    }

    #aroundId(id: string, type: string | undefined): Place | undefined {
        const subscription = SUBSCRIPTION.exec(id)?.[0];
        if (subscription === undefined || subscription === id) return undefined;
        const group = GROUP.exec(id)?.[0];
        if (type === undefined || group === undefined) return this.#find(subscription);
        return this.#find(
            type.split("/").length > 2 && !/\/providers\/[^/]+\/[^/]+\/[^/]+$/.test(id) ? lastTwo(id) : group,
        );
    }

    /** The resource of the stack with an id, be it known by its names alone. */
    resourceWithId(text: string): PlainResource | undefined {
        const urn = this.#find(text)?.urn;
        return urn === undefined ? undefined : this.#index.withUrn(urn);
    }

    /** The resource of a type and name in the group of another that names it. */
    beside(resource: PlainResource, type: string, name: string): PlainResource | undefined {
        return this.#index.named(type, this.#index.groupName(resource), name);
    }

    /** The user-assigned identity of a name in the group of the resource that names it. */
    identityNamed(resource: PlainResource, name: unknown): PlainResource | undefined {
        return typeof name === "string" ? this.beside(resource, IDENTITIES, name) : undefined;
    }

    /** Resource id of a user-assigned identity that the stack does not make, with what of it is not known left open. */
    identityId(resource: PlainResource, name: string): string {
        const [subscription, group] = [
            this.#index.subscriptionOf(resource) ?? "?",
            this.#index.groupName(resource) ?? "?",
        ];
        return `/subscriptions/${subscription}/resourcegroups/${group}/providers/${IDENTITIES}/${name}`;
    }

    /** The place that a property's value comes from, where it is not known itself. */
    linked(resource: PlainResource, key: string): Place | undefined {
        const links = resource.links(key).filter(each => placeKindOf(each) !== undefined);
        const found = widest(links);
        return found && this.of(found);
    }
}
