import assert from "node:assert/strict";
import fc from "fast-check";
import { emptyBits, setBit } from "../access/bits.ts";
import { solveCover } from "../access/cover.ts";
import { costOf } from "../access/cover-problem.ts";
import type { CoverProblem, Requirement } from "../access/cover-problem.ts";

interface Table {
    readonly problem: CoverProblem;
    readonly opens: readonly (readonly number[])[];
    readonly requirements: readonly Requirement[];
}

const CANDIDATES = 8;
const THINGS = 40;

const table: fc.Arbitrary<Table> = fc
    .record({
        opens: fc.array(fc.uniqueArray(fc.nat(THINGS - 1), { maxLength: 8 }), {
            minLength: CANDIDATES,
            maxLength: CANDIDATES,
        }),
        weights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: THINGS, maxLength: THINGS }),
        critical: fc.array(fc.boolean(), { minLength: CANDIDATES, maxLength: CANDIDATES }),
        requirements: fc.array(
            fc.array(fc.uniqueArray(fc.nat(CANDIDATES - 1), { minLength: 1, maxLength: 2 }), {
                minLength: 1,
                maxLength: 4,
            }),
            { maxLength: 6 },
        ),
    })
    .map(({ opens, weights, critical, requirements }) => ({
        problem: {
            opens: opens.map(list => {
                const bits = emptyBits(THINGS);
                for (const thing of list) setBit(bits, thing);
                return bits;
            }),
            weights,
            critical,
        },
        opens,
        requirements: requirements.map(list => list.map(each => [...each].sort((a, b) => a - b))),
    }));

const costOfSet = ({ problem, opens }: Table, taken: readonly number[]): number => {
    const opened = new Set(taken.flatMap(candidate => opens[candidate] ?? []));
    const weight = [...opened].reduce((sum, thing) => sum + (problem.weights[thing] ?? 0), 0);
    return costOf(taken.filter(candidate => problem.critical[candidate]).length, weight, taken.length);
};

const meets = (requirements: readonly Requirement[], taken: readonly number[]): boolean =>
    requirements.every(requirement => requirement.some(each => each.every(candidate => taken.includes(candidate))));

const isFirst = (a: readonly number[], b: readonly number[]): boolean => {
    const differs = a.findIndex((candidate, index) => candidate !== b[index]);
    return differs >= 0 && (a[differs] ?? 0) < (b[differs] ?? 0);
};

/** The best of all subsets, by trying each. */
const best = (small: Table): readonly number[] => {
    let found: { taken: number[]; cost: number } | undefined;
    for (let mask = 0; mask < 1 << CANDIDATES; mask++) {
        const taken = Array.from({ length: CANDIDATES }, (_, index) => index).filter(index => mask & (1 << index));
        if (!meets(small.requirements, taken)) continue;
        const cost = costOfSet(small, taken);
        if (found === undefined || cost < found.cost || (cost === found.cost && isFirst(taken, found.taken)))
            found = { taken, cost };
    }
    return found?.taken ?? [];
};

describe("solveCover", () => {
    it("finds the answer that trying every set finds, down to the order of names", () => {
        fc.assert(
            fc.property(table, small => {
                const { taken, optimal } = solveCover(small.problem, small.requirements);
                assert.deepEqual([...taken], best(small));
                assert.equal(optimal, true);
            }),
            { numRuns: 1500, seed: 20261124 },
        );
    });

    it("gives the same answer in any order of the requirements", () => {
        fc.assert(
            fc.property(table, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (small, keys) => {
                const shuffled = small.requirements
                    .map(requirement => ({ requirement, key: keys.next().value }))
                    .sort((a, b) => a.key - b.key)
                    .map(({ requirement }) => [...requirement].reverse());
                assert.deepEqual(
                    solveCover(small.problem, shuffled).taken,
                    solveCover(small.problem, small.requirements).taken,
                );
            }),
            { numRuns: 500, seed: 20261124 },
        );
    });

    it("takes nothing when nothing is required", () => {
        const problem: CoverProblem = { opens: [emptyBits(1)], weights: [1], critical: [true] };
        assert.deepEqual(solveCover(problem, []), { taken: [], optimal: true });
    });

    it("says so when its work runs out, and still meets every requirement", () => {
        const size = 60;
        let seed = 7;
        const random = (below: number): number => {
            seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
            return seed % below;
        };
        const opens = Array.from({ length: size }, () => {
            const bits = emptyBits(200);
            for (let count = 0; count < 60; count++) setBit(bits, random(200));
            return bits;
        });
        const requirements = Array.from({ length: 60 }, () => Array.from({ length: 5 }, () => [random(size)]));
        const problem = {
            opens,
            weights: new Array<number>(200).fill(1),
            critical: new Array<boolean>(size).fill(false),
        };
        const { taken, optimal } = solveCover(problem, requirements, 50);
        assert.equal(optimal, false);
        assert.ok(meets(requirements, taken));
    });
});
