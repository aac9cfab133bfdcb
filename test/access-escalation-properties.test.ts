import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, buildWithout } from "../access/escalation-build.ts";
import { cheapestCut } from "../access/escalation-cut.ts";
import { dangerOf } from "../access/escalation-danger.ts";
import { findPaths } from "../access/escalation-find.ts";
import { covers, placeKeys, scopeKeys } from "../access/escalation-place.ts";
import { inOrder, thresholdsOf } from "../access/escalation-thresholds.ts";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel, Place } from "../access/model.ts";
import { A, anyModel, anyRight, B, SUBSCRIPTION } from "./access-escalation-models.ts";
import { closure, worstReached } from "./access-escalation-oracle.ts";

const without = (model: AccessModel, gone: ReadonlySet<string>): AccessModel => ({
    ...model,
    rights: model.rights.filter(({ key }) => !gone.has(key)),
});

const ACTING = new Set(["system-assigned", "user-assigned", "service-principal", "unknown", "user", "group"]);

/** Whether somebody can do more than by the thresholds, as the slow way has it. */
const hasPath = (model: AccessModel, thresholds: ReadonlyMap<string, number>): boolean =>
    model.principals.some(({ key, kind }) => ACTING.has(kind) && worstReached(model, key) < (thresholds.get(key) ?? 5));

const groupsOf = (model: AccessModel, member: string): readonly string[] =>
    model.rights.flatMap(right => (right.kind === "member" && right.holder === member ? [right.group] : []));

const subsets = (keys: readonly string[], size: number, from = 0): string[][] =>
    size === 0
        ? [[]]
        : keys.slice(from).flatMap((key, at) => subsets(keys, size - 1, from + at + 1).map(rest => [key, ...rest]));

describe("escalation paths of any model", function () {
    this.timeout(120_000);

    it("lead each principal to the most dangerous right that the slow way finds, or to none", () => {
        fc.assert(
            fc.property(anyModel(9), model => {
                const thresholds = thresholdsOf(model);
                const paths = escalationPaths(model);
                for (const { key } of model.principals.filter(({ kind }) => ACTING.has(kind))) {
                    const [own, worst] = [paths.filter(({ from }) => from === key), worstReached(model, key)];
                    const told = paths.filter(({ from }) => from === key || groupsOf(model, key).includes(from));
                    if (worst < (thresholds.get(key) ?? 5))
                        assert.ok(
                            told.some(({ danger }) => danger <= worst),
                            key,
                        );
                    else assert.deepEqual(own, [], key);
                    assert.ok(
                        own.every(({ danger }) => danger >= worst),
                        key,
                    );
                }
            }),
            { numRuns: 400 },
        );
    });

    it("are made of hops that the slow way knows, each from where the last one led", () => {
        fc.assert(
            fc.property(anyModel(9), model => {
                for (const { from, to, hops, danger } of escalationPaths(model)) {
                    let at = from;
                    for (const hop of hops.slice(0, -1)) {
                        assert.equal(hop.from, at);
                        assert.ok(closure(model, hop.from).has(hop.to), hop.words);
                        at = hop.to;
                    }
                    const last = hops.at(-1);
                    assert.deepEqual([last?.from, last?.to], [at, to]);
                    const right = model.rights.find(({ key }) => key === to);
                    assert.ok(right !== undefined && right.holder === at && dangerOf(right) === danger);
                }
            }),
            { numRuns: 300 },
        );
    });

    it("are the same whatever the order of the model's lists", () => {
        fc.assert(
            fc.property(anyModel(9), fc.infiniteStream(fc.nat()), (model, numbers) => {
                const shuffle = <T>(list: readonly T[]): T[] =>
                    list
                        .map(each => ({ each, at: numbers.next().value as number }))
                        .sort((a, b) => a.at - b.at)
                        .map(({ each }) => each);
                const shuffled = {
                    principals: shuffle(model.principals),
                    hosts: shuffle(model.hosts),
                    rights: shuffle(model.rights),
                    entries: model.entries,
                };
                assert.deepEqual(escalationPaths(shuffled), escalationPaths(model));
            }),
            { numRuns: 200 },
        );
    });

    it("never reach less after a right was added", () => {
        fc.assert(
            fc.property(anyModel(7), anyRight, (model, right) => {
                const more = { ...model, rights: [...model.rights.filter(({ key }) => key !== right.key), right] };
                const none = new Map<string, number>();
                const reach = (each: AccessModel): Map<string, number> => {
                    const worst = new Map<string, number>();
                    for (const { from, danger } of findPaths(build(inOrder(each)), none, {}))
                        worst.set(from, Math.min(danger, worst.get(from) ?? 5));
                    return worst;
                };
                const after = reach(more);
                for (const [from, danger] of reach(model)) {
                    const lent = more.rights
                        .filter(({ holder }) => groupsOf(more, from).includes(holder))
                        .map(dangerOf);
                    const through = groupsOf(more, from).map(group => after.get(group) ?? 5);
                    assert.ok(Math.min(after.get(from) ?? 5, ...lent, ...through) <= danger, from);
                }
            }),
            { numRuns: 300 },
        );
    });

    it("are gone once the right that is to be taken away of each is", () => {
        fc.assert(
            fc.property(anyModel(9), model => {
                const paths = escalationPaths(model);
                const thresholds = thresholdsOf(model);
                for (const { hops, cut } of paths) assert.ok(hops.some(({ by }) => by.includes(cut)));
                const gone = new Set(paths.map(({ cut }) => cut));
                for (const { from, hops, cut } of paths) {
                    const left = findPaths(build(inOrder(without(model, new Set([cut])))), thresholds, {});
                    assert.ok(
                        !left.some(each => each.from === from && JSON.stringify(each.hops) === JSON.stringify(hops)),
                    );
                }
                assert.equal(paths.length > 0, gone.size > 0);
            }),
            { numRuns: 200 },
        );
    });

    it("are cut by the fewest rights of the least danger that trying every set finds", () => {
        fc.assert(
            fc.property(anyModel(7), given => {
                const model = inOrder(given);
                const thresholds = thresholdsOf(model);
                const whole = build(model);
                const find = (gone: ReadonlySet<string>) => findPaths(buildWithout(whole, gone), thresholds, {});
                const paths = findPaths(whole, thresholds, {});
                const { rights, proven } = cheapestCut(model, paths, find);
                assert.ok(proven);
                assert.ok(!hasPath(without(model, rights), thresholds));
                const loss = (keys: Iterable<string>): number =>
                    [...keys].reduce(
                        (sum, key) => sum + 5 - dangerOf(model.rights.find(each => each.key === key) as never),
                        0,
                    );
                const keys = model.rights.map(({ key }) => key);
                for (let size = 0; size <= rights.size; size += 1) {
                    const cuts = subsets(keys, size).filter(set => !hasPath(without(model, new Set(set)), thresholds));
                    if (size < rights.size) assert.deepEqual(cuts, []);
                    else assert.equal(loss(rights), Math.min(...cuts.map(loss)));
                }
            }),
            { numRuns: 120 },
        );
    });
});

describe("keys of places", () => {
    const RG: readonly Place[] = [
        A,
        B,
        { kind: "resourceGroup", urn: "urn:rg-a", name: "rg-a" },
        { kind: "resourceGroup", urn: "urn:x" },
        { kind: "resourceGroup" },
    ];
    const above = fc.constantFrom<Place>(SUBSCRIPTION, { kind: "subscription", id: "/subscriptions/t" }, ...RG);
    const part = {
        urn: fc.option(fc.constantFrom("urn:p", "urn:q"), { nil: undefined }),
        id: fc.option(
            fc.constantFrom(
                "/subscriptions/s/resourcegroups/rg-a/providers/microsoft.web/sites/p",
                "/subscriptions/s/resourcegroups/rg-b/providers/microsoft.web/sites/q",
            ),
            { nil: undefined },
        ),
        name: fc.option(fc.constantFrom("p", "q"), { nil: undefined }),
    };
    const resource = fc
        .record({
            ...part,
            type: fc.constantFrom("microsoft.web/sites", "microsoft.logic/workflows"),
            within: fc.option(above, { nil: undefined }),
        })
        .map(given => JSON.parse(JSON.stringify({ kind: "resource", ...given })) as Place);
    const scope = fc.oneof(
        above,
        resource,
        fc.constantFrom<Place>({ kind: "tenant" }, { kind: "managementGroup", id: "m" }),
    );

    it("find for a scope just the places that it covers, and as surely", () => {
        fc.assert(
            fc.property(scope, resource, (outer, inner) => {
                const keys = new Set(placeKeys(inner));
                const found = scopeKeys(outer).filter(([key]) => keys.has(key));
                const answer = found.some(([, certain]) => certain) ? "yes" : found.length > 0 ? "may" : "no";
                assert.equal(answer, covers(outer, inner));
            }),
            { numRuns: 5000 },
        );
    });
});
