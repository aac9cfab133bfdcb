import {
    ComponentResource,
    type ComponentResourceOptions,
    output,
    Output,
    type Resource,
    unknown,
} from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Config, type Declared, type RuleCase, UNKNOWN, urnOf } from "./policy-support.ts";

/** A case of a rule's own test as a part of a program, with a number to tell its resources from those of others. */
export interface NumberedCase {
    readonly rule: string;
    readonly number: number;
    readonly given: RuleCase;
}

/** Made-up ids as the cases have them: `33333333-0000-…`. */
const MADE_UP = /\b([1-9a-f])\1{7}(?=-)/gi;

const digits = ({ number }: NumberedCase): string => String(number).padStart(7, "0");

/** A text of a case with ids that no other case has. */
const withNumbers = (of: NumberedCase, text: string): string =>
    text.replaceAll(MADE_UP, (_, digit: string) => `${digit}${digits(of)}`);

/** What a finding's resource and words are in the case itself: names and ids without its number. */
export const withoutNumbers = (of: NumberedCase, text: string): string =>
    text
        .replaceAll(/\b[cl]\d+-(?:\d+-)?/g, "")
        .replaceAll(new RegExp(`\\b([1-9a-f])${digits(of)}(?=-)`, "gi"), (_, digit: string) => digit.repeat(8));

/** Whether a resource is one of a case's own, not one that these link to. */
export const isOf = ({ number }: NumberedCase, name: string): boolean => name.startsWith(`c${String(number)}-`);

/**
 * A resource of any type, which no provider has to serve. Others that take a value from it depend on it as on a resource
 * of a provider: the SDK leaves components out of that unless they are remote.
 * Source: @pulumi/pulumi/runtime/dependsOn.js
 */
class AnyResource extends ComponentResource {
    constructor(type: string, name: string, props: Record<string, unknown>, parent: Resource | undefined) {
        super(type, name, props, { deleteBeforeReplace: true, ...(parent && { parent }) } as ComponentResourceOptions);
        Reflect.set(this, "__remote", true);
        this.registerOutputs(props);
    }
}

/** An output of what resources it comes from, its value, whether it is known and a secret, and all resources behind it. */
const MadeOutput = Output as unknown as new (
    from: ReadonlySet<Resource>,
    ...parts: readonly Promise<unknown>[]
) => unknown;

/** A value that comes from some resources. */
const sourced = (value: unknown, from: readonly Resource[]): unknown =>
    from.length === 0
        ? output(value)
        : new MadeOutput(
              new Set(from),
              Promise.resolve(value),
              Promise.resolve(value !== unknown),
              Promise.resolve(false),
              Promise.resolve(new Set(from)),
          );

/** A value with what is not known in place of what stands for it. */
const live = (of: NumberedCase, value: unknown, from: readonly Resource[]): unknown => {
    if (value === UNKNOWN) return sourced(unknown, from);
    if (typeof value === "string") return withNumbers(of, value);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(each => live(of, each, from));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [withNumbers(of, key), live(of, part, from)]));
};

/** Declares the resources of one case, each once, with those that it links to before it. */
class CaseProgram {
    readonly #made = new Map<string, Resource>();
    readonly #names = new Map<string, number>();
    readonly #case: NumberedCase;
    readonly #own: ReadonlySet<string>;

    constructor(of: NumberedCase) {
        this.#case = of;
        this.#own = new Set(of.given.stack.map(each => this.#key(each)));
    }

    #key({ type, name, props }: Declared): string {
        return JSON.stringify([type, name, props]);
    }

    declare(declared: Declared): Resource {
        const key = this.#key(declared);
        const made = this.#made.get(key) ?? this.#make(declared);
        this.#made.set(key, made);
        return made;
    }

    /** Several resources of a case can have one name, where it is about each by itself. */
    #nameOf(declared: Declared): string {
        const before = this.#names.get(urnOf(declared)) ?? 0;
        this.#names.set(urnOf(declared), before + 1);
        const kind = this.#own.has(this.#key(declared)) ? "c" : "l";
        const again = before === 0 ? "" : `${String(before)}-`;
        return `${kind}${String(this.#case.number)}-${again}${declared.name}`;
    }

    #make(declared: Declared): Resource {
        const { type, props, links = {}, parent } = declared;
        const inputs = Object.entries(props).map(([key, value]): [string, unknown] => {
            const from = (links[key] ?? []).map(each => this.declare(each));
            const isKnown = from.length > 0 && !JSON.stringify(value).includes(UNKNOWN);
            const alive = live(this.#case, value, from);
            return [key, isKnown ? sourced(alive, from) : alive];
        });
        const above = parent && this.declare(parent);
        return new AnyResource(type, this.#nameOf(declared), Object.fromEntries(inputs), above);
    }
}

const registered = ({ urn }: Resource): Promise<string> => new Promise(resolve => void urn.apply(resolve));

const isDefinition = ({ type }: Declared): boolean => /:RoleDefinition$/.test(type);

/**
 * A program of all cases at once. Within a case each resource is registered after the one before it, and roles are defined
 * before they are assigned: what a rule says by one resource alone can hang on those that the engine has seen.
 */
export const programOf =
    (cases: readonly NumberedCase[]): PulumiFn =>
    async () => {
        const declareCase = async (each: NumberedCase): Promise<void> => {
            const program = new CaseProgram(each);
            const [definitions, others] = [
                each.given.stack.filter(isDefinition),
                each.given.stack.filter(one => !isDefinition(one)),
            ];
            for (const declared of [...definitions, ...others]) await registered(program.declare(declared));
        };
        await Promise.all(cases.map(declareCase));
    };

/** Options of rules that are about what is not known, and those that tell needs by the name of an identity. */
const BY_IDENTITY: readonly string[] = ["calls", "actions"];
const OPTIONS: readonly string[] = [...BY_IDENTITY, "unknown", "taken"];

/** Whether a case can be run beside others: no other configures its rule otherwise. */
export const isJoinable = ({ given: { config = {} } }: NumberedCase): boolean =>
    Object.keys(config).every(key => OPTIONS.includes(key));

const numbered = ({ number }: NumberedCase, lines: object): object =>
    Object.fromEntries(
        Object.entries(lines).map(([name, of]: [string, unknown]) => [`c${String(number)}-${name}`, of]),
    );

/** The configuration of one rule for all of its cases. */
export const configOf = (cases: readonly NumberedCase[]): Config =>
    cases.reduce<Config>((config, each) => {
        const own = Object.entries(each.given.config ?? {}).map(([key, value]) => [
            key,
            BY_IDENTITY.includes(key) ? { ...(config[key] as object), ...numbered(each, value as object) } : value,
        ]);
        return { ...config, ...(Object.fromEntries(own) as Config) };
    }, {});
