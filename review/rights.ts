import { isDecided } from "../access/model.ts";
import type { Decided, Place, Right } from "../access/model.ts";
import { placeInWords } from "../access/scope-words.ts";
import { undecidedOf } from "../access/diff.ts";
import type { ReviewedRight } from "./model.ts";
import type { Names } from "./names.ts";
import { lineOfResource, linesOf } from "./sources.ts";
import type { Sources } from "./sources.ts";

interface Given {
    readonly what: string;
    readonly on: string;
}

const NOT_KNOWN = "(known after deployment)";

const known = (value: Decided<string>): string => (isDecided(value) ? value : NOT_KNOWN);

const scopeInWords = (scope: Decided<Place>): string => {
    if (isDecided(scope)) return placeInWords(scope);
    return scope.atOrManagedBy === undefined
        ? NOT_KNOWN
        : `${placeInWords(scope.atOrManagedBy)} or its managed resource group ${NOT_KNOWN}`;
};

const given = (right: Right, names: Names): Given => {
    switch (right.kind) {
        case "permission":
            return { what: known(right.permission), on: known(right.api) };
        case "delegated":
            return { what: `${known(right.permission)}, delegated`, on: known(right.api) };
        case "role":
            return {
                what: known(right.role),
                on: scopeInWords(right.scope),
            };
        case "directory-role":
            return { what: known(right.role), on: right.scope ?? "the directory" };
        case "member":
            return { what: "membership", on: `group ${names.of(right.group)}` };
        case "owner":
            return { what: "ownership", on: names.of(right.of) };
        case "vault-policy":
            return { what: right.permissions.join(", "), on: placeInWords(right.vault) };
    }
};

const limits = (right: Right): string[] => [
    ...(right.kind === "role" && right.condition !== undefined ? [`only where ${right.condition}`] : []),
    ...((right.kind === "role" || right.kind === "directory-role") && right.eligible === true
        ? ["once it is activated"]
        : []),
    ...(right.kind === "delegated" && right.user !== undefined ? [`for user ${right.user} alone`] : []),
];

const purposes = (right: Right): readonly string[] => {
    if (right.kind === "permission") return right.calls ?? [];
    return right.kind === "role" ? (right.actions ?? []) : [];
};

/** A right as reports show it. */
export const reviewedRight = (right: Right, names: Names, sources: Sources): ReviewedRight => {
    const at = lineOfResource(sources, right.urn);
    return {
        key: right.key,
        urn: right.urn,
        kind: right.kind,
        holder: right.holder,
        ...given(right, names),
        tier: isDecided(right.tier) ? right.tier : null,
        limits: limits(right),
        unknown: [...undecidedOf(right)],
        ...(right.reason === undefined ? {} : { reason: right.reason }),
        ...(right.owner === undefined ? {} : { owner: right.owner }),
        calls: purposes(right).map(call => ({ call, at: linesOf(sources, right.holder, call) })),
        ...(at === undefined ? {} : { at }),
    };
};

/** `User.Read.All on Microsoft Graph`. */
export const rightInWords = ({ what, on }: Given): string => `${what} on ${on}`;
