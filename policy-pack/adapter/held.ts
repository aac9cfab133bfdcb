import type { PlainResource } from "./resource.ts";
import type { Held } from "./subject-grants.ts";

/** Who holds the right that a resource gives to the principal of a property, as far as the resource itself tells. */
export const heldBy = (resource: PlainResource, key: string): Held => {
    const id = resource.text(key);
    const holder =
        typeof id === "string"
            ? ({ key: `object:${id.toLowerCase()}`, kind: "unknown", name: id } as const)
            : ({ key: `unknown:${resource.urn}`, kind: "unknown", name: resource.name } as const);
    return { holder, held: [], isWhole: false };
};
