import type { PlainResource } from "./adapter/resource.ts";
import { Unknown } from "./adapter/value.ts";
import { matches } from "./pattern.ts";

export type Options = Readonly<Record<string, unknown>>;

/** Options that hold for some resources alone. */
export interface Where {
    /** Name of the stack, or a pattern of it. */
    readonly stack?: string;
    /** Tags, each with its value or a pattern of it. */
    readonly tags?: Readonly<Record<string, string>>;
    readonly options: Options;
}

/** What the halves of a policy see: the one whole stacks, the other single resources without what they come from. */
export type Half = "stack" | "resource";

type Answer = "yes" | "no" | "maybe";

/** Properties by which a right comes to its place and its holder, whose tags count where the right has none. */
const AROUND = ["scope", "resourceGroupName", "principalId", "principalObjectId"];

const tagOf = (resource: PlainResource, name: string): unknown => {
    const tags = resource.value("tags");
    if (tags instanceof Unknown) return tags;
    return tags !== null && typeof tags === "object" && Object.hasOwn(tags, name) ? Reflect.get(tags, name) : undefined;
};

const hasTag = (resource: PlainResource, name: string, pattern: string, half: Half): Answer => {
    const places = [resource, ...AROUND.flatMap(key => resource.links(key))];
    const value = places.map(each => tagOf(each, name)).find(each => each !== undefined);
    if (value instanceof Unknown || (value === undefined && half === "resource")) return "maybe";
    return typeof value === "string" && matches(pattern, value) ? "yes" : "no";
};

const stackName = (urn: string): string => urn.split("::")[0]?.replace(/^urn:pulumi:/, "") ?? "";

const isFor = ({ stack, tags = {} }: Where, resource: PlainResource, half: Half): Answer => {
    if (stack !== undefined && !matches(stack, stackName(resource.urn))) return "no";
    const answers = Object.entries(tags).map(([name, pattern]) => hasTag(resource, name, pattern, half));
    return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
};

/**
 * The options that hold for a resource: its rule's, then those of each entry that is for it, the later ones first.
 * More than one set where it is not known which entries are for it.
 */
export const optionsFor = (
    base: Options,
    where: readonly Where[],
    resource: PlainResource,
    half: Half,
): readonly Options[] =>
    where.reduce<readonly Options[]>(
        (sets, entry) => {
            const answer = isFor(entry, resource, half);
            const changed = answer === "no" ? [] : sets.map(options => ({ ...options, ...entry.options }));
            return answer === "yes" ? changed : [...sets, ...changed];
        },
        [base],
    );

/** The options that hold for a stack as a whole, which has no tags. */
export const optionsForStack = (base: Options, where: readonly Where[], urn: string): Options =>
    where
        .filter(({ stack, tags }) => tags === undefined && stack !== undefined && matches(stack, stackName(urn)))
        .reduce((options, entry) => ({ ...options, ...entry.options }), base);
