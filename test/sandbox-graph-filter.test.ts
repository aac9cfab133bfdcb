import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFilter } from "../sandbox/graph/filter.ts";
import type { Entity } from "../sandbox/graph/filter.ts";

/** A filter, and whether an entity matches it by the meaning of its words. */
interface Meant {
    readonly text: string;
    readonly matches: (entity: Entity) => boolean;
}

const NAMES = ["displayName", "appId", "mail"] as const;
const VALUES = ["ann", "Ann", "bo'b", "and", "", "(x)", "ann bell"];

const value = fc.constantFrom(...VALUES);
const entity = fc.record(
    {
        displayName: value,
        appId: value,
        mail: fc.option(value),
        enabled: fc.boolean(),
        tags: fc.array(value, { maxLength: 3 }),
    },
    { requiredKeys: [] },
) as fc.Arbitrary<Entity>;

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const same = (a: unknown, b: string): boolean => typeof a === "string" && a.toLowerCase() === b.toLowerCase();

const equality = fc.tuple(fc.constantFrom(...NAMES), value).map(([name, text]): Meant => ({
    text: `${name} eq ${quote(text)}`,
    matches: found => same(found[name], text),
}));
const start = fc.tuple(fc.constantFrom(...NAMES), value).map(([name, text]): Meant => ({
    text: `startswith(${name}, ${quote(text)})`,
    matches: found => {
        const got = found[name];
        return typeof got === "string" && got.toLowerCase().startsWith(text.toLowerCase());
    },
}));
const flag = fc
    .boolean()
    .map((enabled): Meant => ({ text: `enabled eq ${enabled}`, matches: found => found["enabled"] === enabled }));
const missing = fc
    .constantFrom(...NAMES)
    .map((name): Meant => ({ text: `${name} eq null`, matches: found => (found[name] ?? null) === null }));
const tagged = value.map((text): Meant => ({
    text: `tags/any(t:t eq ${quote(text)})`,
    matches: found => ((found["tags"] as string[] | undefined) ?? []).some(tag => same(tag, text)),
}));
const listed = fc
    .tuple(fc.constantFrom(...NAMES), fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([name, texts]): Meant => ({
        text: `${name} in (${texts.map(quote).join(",")})`,
        matches: found => texts.some(text => same(found[name], text)),
    }));

const { filter } = fc.letrec<{ filter: Meant }>(tie => ({
    filter: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(equality, start, flag, missing, tagged, listed),
        fc.tuple(tie("filter"), tie("filter")).map(([a, b]): Meant => ({
            text: `(${a.text}) and (${b.text})`,
            matches: e => a.matches(e) && b.matches(e),
        })),
        fc.tuple(tie("filter"), tie("filter")).map(([a, b]): Meant => ({
            text: `(${a.text}) or (${b.text})`,
            matches: e => a.matches(e) || b.matches(e),
        })),
        tie("filter").map((a): Meant => ({ text: `not(${a.text})`, matches: e => !a.matches(e) })),
    ),
}));

describe("sandbox Graph $filter", () => {
    it("means what its words say, for any filter and entity", () => {
        fc.assert(
            fc.property(filter, entity, (meant, found) => {
                assert.equal(parseFilter(meant.text).matches(found), meant.matches(found), meant.text);
            }),
            { numRuns: 2000 },
        );
    });

    it("names as looked up by an index only what every match equals", () => {
        fc.assert(
            fc.property(filter, entity, (meant, found) => {
                const parsed = parseFilter(meant.text);
                fc.pre(parsed.matches(found));
                for (const [name, text] of parsed.equals) assert.ok(same(found[name], text), meant.text);
            }),
            { numRuns: 2000 },
        );
    });

    it("binds `and` before `or`, left to right", () => {
        const { matches } = parseFilter("a eq '1' or b eq '1' and c eq '1'");
        assert.equal(matches({ a: "1" }), true);
        assert.equal(matches({ b: "1" }), false);
        assert.equal(matches({ b: "1", c: "1" }), true);
    });

    it("answers any text with a filter or an error of Graph's, and nothing else", () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.string(),
                    fc
                        .array(fc.constantFrom("a", "eq", "'x'", "(", ")", "and", "not", ",", "a/any", ":"))
                        .map(t => t.join(" ")),
                ),
                text => {
                    try {
                        parseFilter(text);
                    } catch (error) {
                        assert.equal((error as { code?: string }).code, "Request_UnsupportedQuery", String(error));
                    }
                },
            ),
            { numRuns: 3000 },
        );
    });
});
