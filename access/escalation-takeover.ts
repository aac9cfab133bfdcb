import type { ActionKind } from "./azure-actions.ts";

/** A way to act as the identities of a resource, for who may take one of some actions on it. */
export interface Takeover {
    /** Public name of the edge where it has one: https://bloodhound.specterops.io/resources/edges/overview */
    readonly edge: string;
    /** Types of the resources whose identities it gives, in lower case. */
    readonly types: readonly string[];
    readonly kind: ActionKind;
    /** Any one of them does. */
    readonly actions: readonly string[];
    /** What it does, after `can` and before the name of the resource, or with `%` where the name goes: `change the code of`. */
    readonly words: string;
    /** It also takes the right to write a resource that runs code, wherever. */
    readonly needsHost?: true;
    /** Nothing is known about the type, so it is not sure to be enough. */
    readonly may?: true;
}

/** Actions on a type: `write` is `Microsoft.Web/sites/write`. */
export const below = (type: string, actions: readonly string[]): readonly string[] =>
    actions.map(each => `${type}/${each}`);

/** A way that is open on some types. */
export const takeover = (
    edge: string,
    words: string,
    types: readonly string[],
    actions: readonly string[],
    kind: ActionKind = "action",
): Takeover => ({ edge, words, types: types.map(type => type.toLowerCase()), kind, actions });

/** A way that is open on one type, by actions on it. */
export const takeoverOf = (
    edge: string,
    words: string,
    type: string,
    actions: readonly string[],
    kind?: ActionKind,
): Takeover => takeover(edge, words, [type], below(type, actions), kind);
