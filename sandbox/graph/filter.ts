import { compare, FUNCTIONS, invalidFilter, read, tokenise } from "./filter-terms.ts";
import type { Value } from "./filter-terms.ts";

/** A Graph entity as its JSON shows it. */
export type Entity = Readonly<Record<string, unknown>>;

/** A parsed `$filter`. */
export interface Filter {
    matches(entity: Entity): boolean;
    /** Properties that every match equals, lower-cased: what an index can look up. */
    readonly equals: ReadonlyMap<string, string>;
    /** Whether Graph answers it only with `ConsistencyLevel: eventual` and `$count=true`. */
    readonly advanced: boolean;
}

const NAME = /^[A-Za-z_][\w./]*$/;
const RELATIONS: readonly string[] = ["eq", "ne", "gt", "ge", "lt", "le"];

type Test = (entity: unknown) => boolean;

/** Recursive descent over OData's filter grammar, as much of it as Graph's directory objects support. */
class Parser {
    readonly equals = new Map<string, string>();
    advanced = false;
    readonly #tokens: string[];
    readonly #text: string;
    #at = 0;
    /** Depth of `or`, `not` and lambdas, under which an equality binds nothing. */
    #loose = 0;

    constructor(text: string) {
        this.#text = text;
        this.#tokens = tokenise(text);
    }

    parse(): Test {
        const orCount = this.#tokens.filter(token => token.toLowerCase() === "or").length;
        this.#loose += orCount;
        const test = this.#or("");
        if (this.#at < this.#tokens.length) throw invalidFilter(`unexpected '${this.#peek()}' in '${this.#text}'.`);
        return test;
    }

    #peek(): string {
        return this.#tokens[this.#at] ?? "";
    }

    #take(expected?: string): string {
        const token = this.#tokens[this.#at++];
        if (token === undefined || (expected !== undefined && token !== expected)) {
            throw invalidFilter(`expected ${expected ?? "more"}, got '${token ?? "the end"}' in '${this.#text}'.`);
        }
        return token;
    }

    #or(range: string): Test {
        let left = this.#and(range);
        while (this.#peek().toLowerCase() === "or") {
            this.#take();
            const [a, b] = [left, this.#and(range)];
            left = entity => a(entity) || b(entity);
        }
        return left;
    }

    #and(range: string): Test {
        let left = this.#unary(range);
        while (this.#peek().toLowerCase() === "and") {
            this.#take();
            const [a, b] = [left, this.#unary(range)];
            left = entity => a(entity) && b(entity);
        }
        return left;
    }

    #unary(range: string): Test {
        const token = this.#peek();
        if (token.toLowerCase() === "not") {
            this.#take();
            this.advanced = true;
            this.#loose++;
            const inner = this.#unary(range);
            this.#loose--;
            return entity => !inner(entity);
        }
        if (token === "(") {
            this.#take();
            const inner = this.#or(range);
            this.#take(")");
            return inner;
        }
        return this.#comparison(range);
    }

    #comparison(range: string): Test {
        const name = this.#take();
        if (this.#peek() === "(") return this.#call(name, range);
        if (!NAME.test(name)) throw invalidFilter(`'${name}' is no property in '${this.#text}'.`);
        const path = this.#relative(name, range);
        const operator = this.#take().toLowerCase();
        if (operator === "in") return this.#in(path);
        if (!RELATIONS.includes(operator)) {
            throw invalidFilter(`unsupported operator '${operator}' in '${this.#text}'.`);
        }
        const value = this.#value();
        this.advanced ||= operator === "ne";
        if (operator === "eq" && this.#loose === 0 && typeof value === "string")
            this.equals.set(path, value.toLowerCase());
        return entity => compare(path === "" ? entity : read(entity, path), operator, value);
    }

    #call(name: string, range: string): Test {
        if (name.endsWith("/any")) return this.#any(name.slice(0, -"/any".length));
        const test = FUNCTIONS[name.toLowerCase()];
        if (!test) throw invalidFilter(`unsupported function '${name}' in '${this.#text}'.`);
        this.advanced ||= name.toLowerCase() !== "startswith";
        this.#take("(");
        const path = this.#relative(this.#take(), range);
        this.#take(",");
        const part = String(this.#value()).toLowerCase();
        this.#take(")");
        return entity => {
            const value = path === "" ? entity : read(entity, path);
            return typeof value === "string" && test(value.toLowerCase(), part);
        };
    }

    #any(path: string): Test {
        this.#take("(");
        const range = this.#take();
        this.#take(":");
        this.#loose++;
        const inner = this.#or(range);
        this.#loose--;
        this.#take(")");
        return entity => {
            const values = read(entity, path);
            return Array.isArray(values) && values.some(inner);
        };
    }

    #in(path: string): Test {
        this.#take("(");
        const values = [this.#value()];
        while (this.#peek() === ",") {
            this.#take();
            values.push(this.#value());
        }
        this.#take(")");
        return entity => values.some(value => compare(read(entity, path), "eq", value));
    }

    #relative(name: string, range: string): string {
        if (range === "") return name;
        return name === range ? "" : name.slice(range.length + 1);
    }

    #value(): Value {
        const token = this.#take();
        if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
        if (token === "true" || token === "false") return token === "true";
        if (token === "null") return null;
        return /^-?\d+(\.\d+)?$/.test(token) ? Number(token) : token;
    }
}

/**
 * Reads a `$filter`.
 * Source: https://learn.microsoft.com/graph/filter-query-parameter
 * @throws AzureError 400 as Graph answers a filter it cannot read
 */
export const parseFilter = (text: string): Filter => {
    const parser = new Parser(text);
    const matches = parser.parse();
    return { matches, equals: parser.equals, advanced: parser.advanced };
};
