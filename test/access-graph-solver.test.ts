import assert from "node:assert/strict";
import { allows, parseCall } from "../access/calls.ts";
import type { Call } from "../access/calls.ts";
import { alternatives } from "../access/graph-alternatives.ts";
import { likeMicrosoft } from "../access/graph-like-microsoft.ts";
import { optionsOf } from "../access/graph-lookup.ts";
import { narrowerWays } from "../access/graph-narrower.ts";
import { permissionNamed, permissions } from "../access/graph-sets.ts";
import { solveGraph } from "../access/graph-solver.ts";
import type { GraphSolution } from "../access/graph-solver.ts";
import { callTable } from "../access/graph-table.ts";
import { allCalls, randomFrom, sample } from "./graph-support.ts";

const namesFor = (...texts: string[]): string[] => solveGraph(texts.map(parseCall)).permissions.map(({ name }) => name);

const controlPlane = ({ permissions: found }: GraphSolution): number => found.filter(({ tier }) => tier === 0).length;

/** Pairs that permissions open, counted from the table itself: all of them, and those that write. */
const openedBy = (numbers: readonly number[]): [pairs: number, writes: number] => {
    let pairs = 0;
    let writes = 0;
    for (const [reading, writing, entries] of callTable().sets)
        if (entries.some(entry => numbers.includes(typeof entry === "number" ? entry : entry[0]))) {
            pairs += reading + writing;
            writes += writing;
        }
    return [pairs, writes];
};

/** What an answer is judged by, in its order. */
const rank = (numbers: readonly number[]): number[] => {
    const dangerous = numbers.filter(number => permissions()[number]?.tier === 0).length;
    return [dangerous, ...openedBy(numbers), numbers.length, ...numbers];
};

const compare = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

/** The best of all sets of the permissions that occur in some option. */
const best = (calls: readonly Call[]): number[] => {
    const options = calls.map(call => optionsOf(call));
    const candidates = [...new Set(options.flat(2))].sort((a, b) => a - b);
    let found: number[] | undefined;
    for (let mask = 0; mask < 1 << candidates.length; mask++) {
        const taken = candidates.filter((_, index) => mask & (1 << index));
        const covers = options.every(each => each.some(option => option.every(number => taken.includes(number))));
        if (covers && (found === undefined || compare(rank(taken), rank(found)) < 0)) found = taken;
    }
    return found ?? [];
};

describe("solveGraph", () => {
    const answers: readonly [calls: readonly string[], names: readonly string[]][] = [
        [["GET /users"], ["User.ReadBasic.All"]],
        [["GET /users?$select=id,department"], ["User.Read.All"]],
        [["GET /users?$select=signInActivity"], ["AuditLog.Read.All", "User.Read.All"]],
        [["GET /users", "GET /users/{id}/manager"], ["User.Read.All"]],
        [["PATCH /users/{id}"], ["User.ReadWrite.All"]],
        [
            ["POST /users/{id}/sendMail", "GET /users"],
            ["Mail.Send", "User.ReadBasic.All"],
        ],
        [["POST /groups/{id}/members/$ref"], ["GroupMember.ReadWrite.All"]],
        [
            ["POST /servicePrincipals/{id}/appRoleAssignedTo"],
            ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
        ],
        [["POST /$batch"], []],
        [[], []],
    ];
    for (const [calls, names] of answers)
        it(`answers ${calls.join(", ") || "no calls"} with ${names.join(", ") || "nothing"}`, () => {
            assert.deepEqual(namesFor(...calls), names);
        });

    it("proves each permission by the calls that only it allows, and counts what it opens beyond", () => {
        const solution = solveGraph(["GET /auditLogs/signIns", "GET /users", "GET /me", "GET /usres"].map(parseCall));
        assert.deepEqual(
            solution.permissions.map(({ name, tier, coversOnly }) => ({ name, tier, coversOnly })),
            [
                { name: "AuditLog.Read.All", tier: 1, coversOnly: ["GET /auditLogs/signIns"] },
                { name: "User.ReadBasic.All", tier: 2, coversOnly: ["GET /users"] },
            ],
        );
        const numbers = solution.permissions.map(({ name }) => permissionNamed(name)?.number ?? -1);
        assert.deepEqual(
            solution.permissions.map(({ reach }) => reach),
            numbers.map(number => openedBy([number])[0]),
        );
        assert.deepEqual(
            solution.permissions.map(({ beyond, reach }) => reach - beyond),
            [1, 1],
        );
        assert.equal(solution.reach, openedBy(numbers)[0]);
        assert.equal(solution.beyond, solution.reach - 2);
        assert.deepEqual(
            solution.unmatched.map(({ call }) => call),
            ["GET /me", "GET /usres"],
        );
        assert.equal(solution.optimal, true);
    });

    it("counts a call once however it is written", () => {
        const once = solveGraph([parseCall("GET /users/{id}")]);
        const often = solveGraph(["GET /users/{id}", "GET /users/42", "GET /users('a@b.example')"].map(parseCall));
        assert.deepEqual([often.reach, often.beyond], [once.reach, once.beyond]);
    });

    it("finds the answer that trying every set finds, on samples of the real table", () => {
        const random = randomFrom(11);
        const few = allCalls().filter(call => optionsOf(call).flat().length <= 8);
        let tried = 0;
        while (tried < 150) {
            const calls = sample(few, 1 + random(5), random);
            if (new Set(calls.flatMap(call => optionsOf(call).flat())).size > 10) continue;
            const names = best(calls).map(number => permissions()[number]?.name);
            assert.deepEqual(
                solveGraph(calls).permissions.map(({ name }) => name),
                names,
            );
            tried += 1;
        }
    });

    it("allows every call, and none of its permissions can be left out", () => {
        const calls = allCalls();
        const random = randomFrom(12);
        for (let run = 0; run < 300; run++) {
            const asked = sample(calls, 1 + random(25), random);
            const { permissions: found } = solveGraph(asked);
            const names = found.map(({ name }) => name);
            for (const call of asked) assert.ok(allows(new Set(names), call));
            for (const { name, coversOnly } of found) {
                const others = new Set(names.filter(other => other !== name));
                assert.notEqual(coversOnly.length, 0);
                assert.ok(asked.some(call => !allows(others, call)));
            }
        }
    });

    it("gives the same answer in any order of the calls", () => {
        const calls = allCalls();
        const random = randomFrom(13);
        for (let run = 0; run < 200; run++) {
            const asked = sample(calls, 2 + random(30), random);
            const shuffled = asked.map(call => ({ call, key: random(1e6) })).sort((a, b) => a.key - b.key);
            assert.deepEqual(solveGraph(shuffled.map(({ call }) => call)), solveGraph(asked));
        }
    });

    for (const facts of ["reviewed", "raw"] as const) {
        it(`never comes after the answer of the format's own rules, alone (${facts} facts)`, () => {
            for (const call of allCalls(facts)) {
                const [own, theirs] = [solveGraph([call], { facts }), likeMicrosoft([call], { facts })];
                assert.ok(controlPlane(own) <= controlPlane(theirs));
                assert.ok(controlPlane(own) < controlPlane(theirs) || own.reach <= theirs.reach);
            }
        });

        it(`never comes after the answer of the format's own rules, in groups of 2 to 20 (${facts} facts)`, () => {
            const calls = allCalls(facts);
            const random = randomFrom(14);
            for (let run = 0; run < 1000; run++) {
                const asked = sample(calls, 2 + random(19), random);
                const [own, theirs] = [solveGraph(asked, { facts }), likeMicrosoft(asked, { facts })];
                assert.equal(own.optimal, true);
                assert.ok(controlPlane(own) <= controlPlane(theirs));
                assert.ok(controlPlane(own) < controlPlane(theirs) || own.reach <= theirs.reach);
            }
        });
    }

    it("solves a thousand calls at once, and all of the table", () => {
        const calls = allCalls();
        const random = randomFrom(15);
        assert.equal(solveGraph(sample(calls, 1000, random)).optimal, true);
        const whole = solveGraph(calls);
        assert.equal(whole.optimal, true);
        assert.deepEqual(whole.unmatched, []);
    });
});

describe("likeMicrosoft", () => {
    it("takes the flagged permission of each call, with its partner", () => {
        const { permissions: found } = likeMicrosoft(
            ["GET /groups", "POST /servicePrincipals/{id}/appRoleAssignedTo"].map(parseCall),
            { facts: "raw" },
        );
        assert.deepEqual(
            found.map(({ name }) => name),
            ["AppRoleAssignment.ReadWrite.All", "Application.Read.All", "Group-NestingSupport.ReadWrite.All"],
        );
    });
});

describe("alternatives", () => {
    it("name what could take a permission's place without more control plane, least reach first", () => {
        const calls = [parseCall("GET /users/{id}/manager")];
        const found = alternatives(solveGraph(calls), calls);
        assert.deepEqual(
            found.map(({ permission, instead }) => [permission, instead]),
            [["User.Read.All", "Directory.Read.All"]],
        );
        assert.equal(found[0]?.reach, openedBy([permissionNamed("Directory.Read.All")?.number ?? -1])[0]);
    });
});

describe("narrowerWays", () => {
    const ways = (text: string): string[] => {
        const calls = [parseCall(text)];
        return narrowerWays(solveGraph(calls), calls).map(({ permission, way }) => `${permission}: ${way}`);
    };

    it("name the permission that reaches only owned objects", () => {
        assert.deepEqual(ways("PATCH /applications/{id}"), [
            "Application.ReadWrite.All: Application.ReadWrite.OwnedBy (control plane) reaches only what the identity owns or was given one by one",
        ]);
    });

    it("name mailbox scopes, selected sites, administrative units and resource-specific consent where they apply", () => {
        assert.match(ways("POST /users/{id}/sendMail").join(), /RBAC for Applications in Exchange Online/);
        assert.match(ways("GET /sites/{id}/lists").join(), /Sites\.Selected/);
        assert.match(ways("GET /users").join(), /administrative unit/);
        assert.match(ways("GET /teams/{id}/members").join(), /TeamMember\.Read\.Group, consented per team/);
        assert.deepEqual(ways("GET /auditLogs/signIns"), []);
    });
});
