import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, buildWithout } from "../access/escalation-build.ts";
import { dangerOf, HARMLESS, heldDanger } from "../access/escalation-danger.ts";
import { findPaths } from "../access/escalation-find.ts";
import type { Arc } from "../access/escalation-graph.ts";
import type { Search } from "../access/escalation-search.ts";
import { type Goal, Searcher } from "../access/escalation-searcher.ts";
import { inOrder, thresholdsOf } from "../access/escalation-thresholds.ts";
import type { AccessModel } from "../access/model.ts";
import { anyCrowd } from "./access-escalation-crowd.ts";

type Way = readonly Arc[];

const isMembership = ({ step }: Arc): boolean => step?.edge === "AZMemberOf";

/** The way on is taken first that leads to more danger at once. */
const inTurn = ({ graph, dangers, unsure }: Search, node: number): readonly Arc[] => {
    const ahead = ({ to }: Arc): number =>
        graph.isPrincipal(to)
            ? (dangers[to] ?? HARMLESS)
            : Math.min(HARMLESS, ...graph.out(to).map(next => dangers[next.to] ?? HARMLESS));
    return graph
        .out(node)
        .filter(({ certain }) => unsure || certain)
        .toSorted((a, b) => ahead(a) - ahead(b));
};

/** What is as dangerous as asked for, the nearest first, by looking everywhere: slow, and nothing is known beforehand. */
const plain = (search: Search, { start, own }: Goal, danger: number, most: number): readonly Way[] => {
    const { graph, dangers } = search;
    const seen = new Set([start]);
    const found: Way[] = [];
    let next: (readonly [number, Way])[] = [];
    const look = (node: number, way: Way): void => {
        for (const arc of inTurn(search, node)) {
            if (seen.has(arc.to) || (node === start && isMembership(arc))) continue;
            seen.add(arc.to);
            const onward = [...way, arc];
            if (!graph.isPrincipal(arc.to)) look(arc.to, onward);
            else if ((dangers[arc.to] ?? HARMLESS) <= danger && !own.has(arc.to)) found.push(onward);
            else next.push([arc.to, onward]);
        }
    };
    for (let level: typeof next = [[start, []]]; level.length > 0; level = next) {
        next = [];
        for (const [node, way] of level) look(node, way);
    }
    return found.slice(0, most);
};

const plainNearest = (search: Search, goal: Goal, most: number): readonly Way[] => {
    for (let danger = 0; danger < goal.below; danger += 1) {
        const found = plain(search, goal, danger, most);
        if (found.length > 0) return found;
    }
    return [];
};

const searchesOf = (model: AccessModel): readonly Search[] => {
    const { graph, rights } = build(inOrder(model));
    return [false, true].map(unsure => {
        const dangers = new Array<number>(graph.principals.length).fill(HARMLESS);
        for (const right of rights) {
            const holder = graph.principal(right.holder) ?? -1;
            dangers[holder] = Math.min(dangers[holder] ?? HARMLESS, (unsure ? dangerOf : heldDanger)(right));
        }
        return { graph, dangers, unsure };
    });
};

describe("the nearest of the most dangerous within reach", function () {
    this.timeout(120_000);

    it("are those of a search of everything, by the same ways and in the same order", () => {
        let ways = 0;
        fc.assert(
            fc.property(anyCrowd, fc.constantFrom(1, 3, 6), (model, most) => {
                const { groups } = build(inOrder(model));
                const thresholds = thresholdsOf(inOrder(model));
                for (const search of searchesOf(model)) {
                    const { graph } = search;
                    const searcher = new Searcher(search, most);
                    for (const [start, key] of graph.principals.entries()) {
                        const lent = (groups.get(key) ?? []).flatMap(({ group }) => graph.principal(group) ?? []);
                        const goal = { start, own: new Set([start, ...lent]), below: thresholds.get(key) ?? HARMLESS };
                        const found = searcher.nearest(goal).map(({ arcs }) => arcs);
                        assert.deepEqual(found, plainNearest(search, goal, most), key);
                        ways += found.length;
                    }
                }
            }),
            { numRuns: 250 },
        );
        assert.ok(ways > 1000, String(ways));
    });
});

describe("who can become whom without some rights", function () {
    this.timeout(120_000);

    it("is the same by taking them out of what is known as by looking at the rest alone", () => {
        fc.assert(
            fc.property(anyCrowd, fc.infiniteStream(fc.nat(4)), (given, numbers) => {
                const model = inOrder(given);
                const gone = new Set(model.rights.flatMap(({ key }) => (numbers.next().value === 0 ? [key] : [])));
                const rest = { ...model, rights: model.rights.filter(({ key }) => !gone.has(key)) };
                const thresholds = thresholdsOf(model);
                assert.deepEqual(
                    findPaths(buildWithout(build(model), gone), thresholds, {}),
                    findPaths(build(rest), thresholds, {}),
                );
            }),
            { numRuns: 300 },
        );
    });
});
