import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { normaliseToken } from "./token.ts";
import { flagOf, readKnown, textOf, textsOf, type Value } from "./value.ts";

/** What both nets know of a resource. */
export type GivenResource = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props"> &
    Partial<Pick<PolicyResource, "propertyDependencies">>;

/** Inputs by URN, which are read in place of what a resource is given with. */
export type Inputs = ReadonlyMap<string, GivenResource["props"]>;

/** A resource as a rule's adapter reads it: plain values, unknown ones marked, and links to what they come from. */
export class PlainResource {
    readonly urn: string;
    readonly name: string;
    /** Type as `normaliseToken` writes it. */
    readonly token: string | undefined;
    readonly #given: GivenResource;
    readonly #inputs: Inputs;
    readonly #props: GivenResource["props"];

    constructor(given: GivenResource, inputs: Inputs = new Map()) {
        this.urn = given.urn;
        this.name = given.name;
        this.token = normaliseToken(given.type);
        this.#given = given;
        this.#inputs = inputs;
        this.#props = inputs.get(given.urn) ?? given.props;
    }

    has(key: string): boolean {
        return Object.hasOwn(this.#props, key);
    }

    value(key: string): unknown {
        return readKnown(this.#props, key);
    }

    text(key: string): Value<string | undefined> {
        return textOf(this.value(key), key);
    }

    texts(key: string): Value<readonly string[]> {
        return textsOf(this.value(key), key);
    }

    flag(key: string): Value<boolean | undefined> {
        return flagOf(this.value(key), key);
    }

    /** The resources that a property's value comes from. */
    links(key: string): readonly PlainResource[] {
        return (this.#given.propertyDependencies?.[key] ?? []).map(given => new PlainResource(given, this.#inputs));
    }
}
