import { UNKNOWN, hasUnknowns } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import type { ArmClient } from "./arm-client.ts";

const API_VERSION = "2020-10-01";

/** Locations of resource groups, which resources without one of their own take over. */
export class GroupLocations {
    readonly #arm: ArmClient;
    readonly #known = new Map<string, Promise<Value | undefined>>();

    constructor(arm: ArmClient) {
        this.#arm = arm;
    }

    /** The location of the group that inputs name: unknown where the name is, undefined where there is no such group. */
    async locationOf(inputs: Properties, subscriptionId: string): Promise<Value | undefined> {
        const group = inputs["resourceGroupName"];
        if (typeof group !== "string") return undefined;
        if (hasUnknowns(group)) return UNKNOWN;
        const id = `/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(group)}`;
        const asked = this.#known.get(id) ?? this.#read(id);
        this.#known.set(id, asked);
        const location = await asked;
        if (location === undefined) this.#known.delete(id);
        return location;
    }

    /** Asks again: another run of the engine may find other groups. */
    forget(): void {
        this.#known.clear();
    }

    async #read(groupId: string): Promise<Value | undefined> {
        const group = await this.#arm.get(groupId, API_VERSION).catch(() => undefined);
        return group?.["location"];
    }
}
