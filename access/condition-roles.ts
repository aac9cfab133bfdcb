import { matchesAction } from "./azure-actions.ts";
import { complement, EVERY_ROLE, inBoth, inEither, NO_ROLE, type RoleSet } from "./role-set.ts";

const TOKEN = /\s*(\(|\)|&&|\|\||!|AND\b|OR\b|NOT\b|[^\s()!&|']*\{[^}]*\}|'(?:[^']|'')*'|[^\s()!&|{}']+)/iy;

const tokensOf = (text: string): string[] => {
    const tokens: string[] = [];
    const scanner = new RegExp(TOKEN);
    while (scanner.lastIndex < text.trimEnd().length) {
        const token = scanner.exec(text)?.[1];
        if (token === undefined) throw new Error(`'${text}' is no condition of a role assignment`);
        tokens.push(token);
    }
    return tokens;
};

const WORDS: Readonly<Record<string, string>> = { and: "&&", or: "||", not: "!" };
const kindOf = (token: string | undefined): string => WORDS[(token ?? "").toLowerCase()] ?? token ?? "";

/** A role set, and whether it says exactly what the text says: only then can it be turned round. */
interface Bound {
    readonly roles: RoleSet;
    readonly exact: boolean;
}

const ROLE_ATTRIBUTE = /^@(?:Request|Resource)\[Microsoft\.Authorization\/roleAssignments:RoleDefinitionId\]$/i;
const ACTION_MATCHES = /^ActionMatches\s*\{\s*'([^']*)'\s*\}$/i;
const COMPARISON =
    /^(?:ForAnyOfAnyValues:|ForAllOfAnyValues:)?(GuidEquals)$|^(?:ForAnyOfAllValues:|ForAllOfAllValues:)?(GuidNotEquals)$/i;
const GUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

const guidsIn = (text: string): ReadonlySet<string> =>
    new Set(
        [...text.matchAll(GUID)].map(([guid]) =>
            guid
                .replaceAll("-", "")
                .toLowerCase()
                .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
        ),
    );

/** What a comparison leaves; anything but one of roles leaves every role. */
const comparison = (words: readonly string[], action: string): Bound => {
    const text = words.join(" ");
    const pattern = ACTION_MATCHES.exec(text)?.[1];
    if (pattern !== undefined) return { roles: matchesAction(pattern, action) ? EVERY_ROLE : NO_ROLE, exact: true };
    const [attribute = "", ...rest] = words;
    const [, operator = "", values = ""] = /^([^\s{]+)\s*(.*)$/s.exec(rest.join(" ")) ?? [];
    const [, equals, differs] = COMPARISON.exec(operator) ?? [];
    const guids = guidsIn(values);
    if (!ROLE_ATTRIBUTE.test(attribute) || guids.size === 0 || (equals ?? differs) === undefined)
        return { roles: EVERY_ROLE, exact: false };
    return { roles: equals === undefined ? { allBut: guids } : { only: guids }, exact: true };
};

/** Reads a condition by the precedence that Azure gives its operators: not, and, or. */
class Reader {
    readonly #tokens: readonly string[];
    readonly #action: string;
    #at = 0;

    constructor(condition: string, action: string) {
        this.#tokens = tokensOf(condition);
        this.#action = action;
    }

    read(): Bound {
        const bound = this.#joined("||");
        if (this.#at < this.#tokens.length) throw new Error(`'${this.#tokens.join(" ")}' is no condition`);
        return bound;
    }

    #joined(operator: "||" | "&&"): Bound {
        const [next, join] = operator === "||" ? [() => this.#joined("&&"), inEither] : [() => this.#single(), inBoth];
        let bound = next();
        while (kindOf(this.#tokens[this.#at]) === operator) {
            this.#at += 1;
            const other = next();
            bound = { roles: join(bound.roles, other.roles), exact: bound.exact && other.exact };
        }
        return bound;
    }

    #single(): Bound {
        const token = kindOf(this.#tokens[this.#at]);
        if (token === "!") {
            this.#at += 1;
            const { roles, exact } = this.#single();
            return exact ? { roles: complement(roles), exact } : { roles: EVERY_ROLE, exact };
        }
        return token === "(" ? this.#group() : this.#comparison();
    }

    #group(): Bound {
        this.#at += 1;
        const bound = this.#joined("||");
        if (this.#tokens[this.#at] !== ")") throw new Error("a parenthesis of the condition is not closed");
        this.#at += 1;
        return bound;
    }

    #comparison(): Bound {
        const from = this.#at;
        while (this.#at < this.#tokens.length && !/^(?:[()!]|&&|\|\|)$/.test(kindOf(this.#tokens[this.#at])))
            this.#at += 1;
        if (this.#at === from) throw new Error("a part of the condition is missing");
        return comparison(this.#tokens.slice(from, this.#at), this.#action);
    }
}

/**
 * The roles that a condition lets through for one action; every role where it cannot be read, as Azure refuses such a
 * condition or it limits something else.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export const rolesUnder = (condition: string, action: string): RoleSet => {
    try {
        return new Reader(condition, action).read().roles;
    } catch {
        return EVERY_ROLE;
    }
};
