/** A call whose permissions the review of the whole table found missing or wrong. */
export interface CallOverride {
    readonly method: string;
    readonly path: string;
    /** Each entry alone allows the call for applications; `A & B` needs both. */
    readonly permissions: readonly string[];
    readonly page: string;
}

/**
 * Why permissions that the table lists for a call do not serve it in general:
 * `own` reach only objects that the application owns, made, or was given one by one; `special` only agent users, users
 * of other clouds, or custom security attributes; `devices` belong to Intune, whose pages describe directory objects
 * too; `properties` reach single properties; `reading` read, and the call changes something.
 */
export type LimitKind = "own" | "special" | "devices" | "properties" | "reading";

/** Permissions that count for a call only where nothing else allows it, or where its properties are known and few. */
export interface Limit {
    readonly kind: LimitKind;
    /** Regular expressions on the permission's name, and on the call: `PATCH /groups/{}`. */
    readonly permissions: string;
    readonly calls: string;
    /** The only properties they reach, in lower case. */
    readonly properties?: readonly string[];
    /** What is needed beside them then. */
    readonly also?: readonly string[];
    readonly page: string;
}

/** Properties of what a path returns that need more than the path, or other permissions. */
export interface PropertyOverride {
    readonly path: string;
    readonly properties?: readonly string[];
    readonly except?: readonly string[];
    readonly also?: readonly string[];
    readonly not?: readonly string[];
    readonly page: string;
}

/** `access/facts/graph-overrides.json`: the reviewed corrections; `page` is the Microsoft documentation each rests on. */
export interface Overrides {
    readonly calls: readonly CallOverride[];
    readonly limits: readonly Limit[];
    readonly properties: readonly PropertyOverride[];
}
