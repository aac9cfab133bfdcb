import type { ResourceValidationArgs } from "@pulumi/policy";
import { normaliseToken } from "./token.ts";
import { flagOf, partOf, readKnown, textOf, textsOf, type Value } from "./value.ts";

/** What both nets know of a resource. */
export type GivenResource = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props"> &
    Partial<Pick<ResourceValidationArgs, "opts" | "provider">> & {
        readonly parent?: GivenResource;
        readonly propertyDependencies?: Readonly<Record<string, readonly GivenResource[]>>;
        /** Id in the cloud. State has it; the engine shows packs none. */
        readonly id?: string;
    };

/** Inputs by URN, which are read in place of what a resource is given with. */
export type Inputs = ReadonlyMap<string, GivenResource["props"]>;

/**
 * Whether the engine runs a program. It tells the pack whether that is a preview, and nothing when it analyses a state.
 * Source: constructEnv in pulumi/pkg/resource/plugin/analyzer_plugin.go
 */
const isProgramRun = (): boolean => process.env["PULUMI_DRY_RUN"] !== undefined;

/** Old API versions of azure-native have what a role assignment or definition is in a block of its own. */
const FOLD = "properties";
const FOLDED = /^azure-native:authorization:Role(Assignment|Definition)$/;

const NONE: Inputs = new Map();

const known = new WeakMap<Inputs, WeakMap<GivenResource, PlainResource>>();

/** A resource as plain data; the same one for all that link to it, so that it is read once. */
export const plainOf = (given: GivenResource, inputs: Inputs = NONE): PlainResource => {
    const among = known.get(inputs) ?? new WeakMap<GivenResource, PlainResource>();
    known.set(inputs, among);
    const resource = among.get(given) ?? new PlainResource(given, inputs);
    among.set(given, resource);
    return resource;
};

/** A resource as a rule's adapter reads it: plain values, unknown ones marked, and links to what they come from. */
export class PlainResource {
    readonly urn: string;
    readonly name: string;
    /** Type as `normaliseToken` writes it. */
    readonly token: string | undefined;
    readonly #given: GivenResource;
    readonly #inputs: Inputs;
    readonly #props: GivenResource["props"];
    readonly #read = new Map<string, unknown>();
    readonly #outputs = new Map<string, unknown>();
    readonly #keys: ReadonlySet<string>;

    constructor(given: GivenResource, inputs: Inputs = NONE) {
        this.urn = given.urn;
        this.name = given.name;
        this.token = normaliseToken(given.type);
        this.#given = given;
        this.#inputs = inputs;
        this.#props = inputs.get(given.urn) ?? given.props;
        this.#keys = new Set(Object.keys(this.#props));
    }

    /** Id in the cloud, where the state is read that has it. */
    get id(): string | undefined {
        const id = this.#given.id ?? this.outputText("id");
        return id === "" ? undefined : id;
    }

    /** The component or other resource that it is a child of. */
    get parent(): PlainResource | undefined {
        return this.#given.parent && plainOf(this.#given.parent, this.#inputs);
    }

    /** Whether the old one goes before the new one comes; undefined for a resource of a state, which does not keep it. */
    get deleteBeforeReplace(): boolean | undefined {
        return this.#given.opts?.deleteBeforeReplace ?? (isProgramRun() ? false : undefined);
    }

    /** The URN that it had before the plan, where the program has renamed or moved it. */
    get formerUrns(): readonly string[] {
        return this.#given.opts?.aliases ?? [];
    }

    /** A setting of the provider that makes it, where the program gives it. */
    providerText(key: string): string | undefined {
        const props = this.#given.provider?.props;
        const text = props === undefined ? undefined : textOf(readKnown(props, key), key);
        return typeof text === "string" ? text : undefined;
    }

    /** Names of its properties. */
    keys(): readonly string[] {
        return [...this.#keys];
    }

    has(key: string): boolean {
        return this.#keys.has(key) || (this.#isFolded(key) && this.value(key) !== undefined);
    }

    value(key: string): unknown {
        if (!this.#read.has(key))
            this.#read.set(key, this.#isFolded(key) ? partOf(this.value(FOLD), key) : readKnown(this.#props, key));
        return this.#read.get(key);
    }

    #isFolded(key: string): boolean {
        return !this.#keys.has(key) && this.#keys.has(FOLD) && FOLDED.test(this.token ?? "");
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

    /** What a property is, or is going to be, once the resource exists; inputs where it was not looked at yet. */
    output(key: string): unknown {
        if (!this.#outputs.has(key)) this.#outputs.set(key, readKnown(this.#given.props, key));
        return this.#outputs.get(key);
    }

    /** An output that is a text and known. */
    outputText(key: string): string | undefined {
        const text = this.output(key);
        return typeof text === "string" ? text : undefined;
    }

    /** URNs of all resources that its properties' values come from. */
    get linkedUrns(): readonly string[] {
        const links = Object.values(this.#given.propertyDependencies ?? {}).flat();
        return [...new Set(links.map(({ urn }) => urn))];
    }

    /** The resources that a property's value comes from. */
    links(key: string): readonly PlainResource[] {
        const links = this.#given.propertyDependencies ?? {};
        const at = this.#isFolded(key) ? FOLD : key;
        return (Object.hasOwn(links, at) ? (links[at] ?? []) : []).map(given => plainOf(given, this.#inputs));
    }
}
