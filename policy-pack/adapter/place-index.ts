import { armTypeOf } from "./arm-type.ts";
import { azureNameOf } from "./azure-name.ts";
import { placeKindOf } from "./place.ts";
import type { PlainResource } from "./resource.ts";

const SUBSCRIPTION = /^\/?subscriptions\/([^/]+)/i;
const GROUP = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/;
/** Properties whose ids say which subscription a stack is about. */
const TELLING = ["scope", "roleDefinitionId", "parentId", "vaultId", "keyVaultId"];

/** A text that is known, as ids and names compare. */
export const knownLower = (text: unknown): string | undefined =>
    typeof text === "string" && text !== "" ? text.toLowerCase() : undefined;

const keyOf = (type: string | undefined, group: string | undefined, name: string | undefined): string =>
    [type, group, name].join("|").toLowerCase();

const subscriptionIn = (text: unknown): string | undefined =>
    typeof text === "string" ? SUBSCRIPTION.exec(text)?.[1]?.toLowerCase() : undefined;

/** The resources of a stack that are places, by id where it is known, and by the names that a plan knows already. */
export class PlaceIndex {
    readonly #byUrn: ReadonlyMap<string, PlainResource>;
    readonly #byId = new Map<string, PlainResource>();
    readonly #byName = new Map<string, PlainResource>();
    readonly #groups = new Map<string, PlainResource>();
    readonly #subscriptions = new Set<string>();

    constructor(resources: readonly PlainResource[]) {
        const azure = resources.filter(({ token }) => token !== undefined && !token.startsWith("azuread:"));
        this.#byUrn = new Map(azure.map(resource => [resource.urn, resource]));
        for (const resource of azure) this.#index(resource);
        for (const resource of azure) this.#name(resource);
    }

    #index(resource: PlainResource): void {
        const id = knownLower(resource.id);
        if (id !== undefined) this.#byId.set(id, resource);
        const name = placeKindOf(resource) === "resourceGroup" ? knownLower(azureNameOf(resource)) : undefined;
        if (name !== undefined) this.#groups.set(name, resource);
        const told = [id, ...TELLING.map(key => resource.text(key))].map(subscriptionIn);
        for (const subscription of [knownLower(resource.providerText("subscriptionId")), ...told])
            if (subscription !== undefined) this.#subscriptions.add(subscription);
    }

    #name(resource: PlainResource): void {
        const [type, name] = [armTypeOf(resource), azureNameOf(resource)];
        if (placeKindOf(resource) !== "resource" || type === undefined || name === undefined) return;
        const key = keyOf(type, this.groupName(resource), name);
        if (!this.#byName.has(key)) this.#byName.set(key, resource);
    }

    /** The group of the stack that a resource is in. */
    group(resource: PlainResource): PlainResource | undefined {
        const linked = resource.links("resourceGroupName").find(each => placeKindOf(each) === "resourceGroup");
        return linked ?? this.#groups.get(knownLower(resource.text("resourceGroupName")) ?? "");
    }

    /** Name of the group that a resource is in. */
    groupName(resource: PlainResource): string | undefined {
        const group = this.group(resource);
        const named = knownLower(resource.text("resourceGroupName"));
        return named ?? (group && knownLower(azureNameOf(group))) ?? GROUP.exec(knownLower(resource.id) ?? "")?.[1];
    }

    /** The subscription that is told of a resource, else the only one that the stack names. */
    subscriptionOf(resource: PlainResource): string | undefined {
        const [only, ...others] = this.#subscriptions;
        return (
            subscriptionIn(resource.id) ??
            knownLower(resource.providerText("subscriptionId")) ??
            (others.length === 0 ? only : undefined)
        );
    }

    withUrn(urn: string): PlainResource | undefined {
        return this.#byUrn.get(urn);
    }

    /** The resource of a type and name in a group. */
    named(type: string | undefined, group: string | undefined, name: string | undefined): PlainResource | undefined {
        return this.#byName.get(keyOf(type, group, name));
    }

    /** The resource with an id in lower case. A name in another subscription is another resource's. */
    withId(id: string, type: string | undefined, group: string | undefined): PlainResource | undefined {
        const isGroup = type === undefined && group !== undefined;
        const found =
            this.#byId.get(id) ??
            (isGroup ? this.#groups.get(group.toLowerCase()) : this.named(type, group, id.split("/").at(-1)));
        const there = found && this.subscriptionOf(found);
        return there === undefined || subscriptionIn(id) === there ? found : undefined;
    }
}
