import type { Cell } from "./facts-graph-cells.ts";
import type { Limit } from "./graph-overrides.ts";

/** Actions that read, although they are posted: a permission to read serves them. */
const READING_ACTION =
    /^(get|check|list|find|search|query|export|preview|validate|evaluate|extract|retrieve|fetch|translate|compute|calculate|classify|discover|download|compare|test)/;

interface Matcher {
    readonly limit: Limit;
    readonly permissions: RegExp;
    readonly calls: RegExp;
}

/** Finds which limit, by its number, holds for a permission on a cell. */
export class Limits {
    readonly #matchers: readonly Matcher[];
    readonly #grantable: ReadonlySet<string>;

    constructor(limits: readonly Limit[], grantable: ReadonlySet<string>) {
        this.#matchers = limits.map(limit => ({
            limit,
            permissions: new RegExp(limit.permissions),
            calls: new RegExp(limit.calls),
        }));
        this.#grantable = grantable;
    }

    /** The limited permissions of a cell; none where no other grantable permission is left. */
    of(cell: Cell): ReadonlyMap<string, number> {
        const names = [...new Set(cell.lines.filter(({ application }) => application).map(line => line.permission))];
        const limited = new Map<string, number>();
        for (const [number, matcher] of this.#matchers.entries())
            for (const name of names)
                if (!limited.has(name) && this.#holds(matcher, name, cell)) limited.set(name, number);
        const general = names.filter(name => this.#grantable.has(name) && !limited.has(name));
        return general.length > 0 ? limited : this.#withoutReading(limited, names);
    }

    #holds({ limit, permissions, calls }: Matcher, name: string, cell: Cell): boolean {
        if (!permissions.test(name) || !calls.test(`${cell.method} /${cell.segments.join("/")}`)) return false;
        return limit.kind !== "reading" || this.#onlyReads(name, cell);
    }

    #onlyReads(name: string, { method, segments, lines }: Cell): boolean {
        const own = lines.filter(({ application, permission }) => application && permission === name);
        if (method === "GET" || own.some(({ partners }) => partners.length > 0)) return false;
        const isHalf = lines.some(({ partners }) => partners.includes(name));
        return isHalf || !READING_ACTION.test(segments.at(-1) ?? "");
    }

    /** Where only limited permissions are left, they count, and one that only reads comes last. */
    #withoutReading(limited: ReadonlyMap<string, number>, names: readonly string[]): ReadonlyMap<string, number> {
        const reading = [...limited].filter(([, number]) => this.#matchers[number]?.limit.kind === "reading");
        const others = names.filter(name => this.#grantable.has(name) && !reading.some(([read]) => read === name));
        return new Map(others.length > 0 ? reading : []);
    }
}
