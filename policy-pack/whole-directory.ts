import { isKnown, type Value } from "./adapter/value.ts";

/** A role of the directory as messages name it. */
export const roleWords = (role: Value<string>): string =>
    isKnown(role) ? `directory role '${role}'` : "a directory role";

/** The whole directory is written out, or left out: a scope that is not known yet comes from what it is limited to. */
export const isLimited = (scope: Value<string | undefined>): boolean =>
    isKnown(scope) ? scope !== undefined : scope.awaited;
