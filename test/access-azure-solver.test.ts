import assert from "node:assert/strict";
import fc from "fast-check";
import { isRead, knownActions } from "../access/azure-actions.ts";
import { readNeed } from "../access/azure-needs.ts";
import { roleReach } from "../access/azure-reach.ts";
import { weightOf } from "../access/azure-search.ts";
import { solveAzure } from "../access/azure-solver.ts";
import { hasBit } from "../access/bits.ts";
import { canAssignRoles } from "../access/role-assigning.ts";
import { findRole, roleAllows, roles } from "../access/roles.ts";
import type { PermissionBlock, RoleDefinition } from "../access/roles.ts";
import type { Tier } from "../access/tier.ts";

const naiveMatch = (pattern: string, action: string): boolean =>
    new RegExp(
        `^${pattern
            .split("*")
            .map(part => part.replace(/[.+?^${}()|[\]\\/]/g, "\\$&"))
            .join(".*")}$`,
        "i",
    ).test(action);

const naiveAllows = ({ permissions }: RoleDefinition, action: string, kind: "actions" | "dataActions"): boolean =>
    permissions.some(
        block =>
            block[kind].some(pattern => naiveMatch(pattern, action)) &&
            !block[kind === "actions" ? "notActions" : "notDataActions"].some(pattern => naiveMatch(pattern, action)) &&
            (block.condition === undefined || (block.guarded ?? ["*"]).every(pattern => !naiveMatch(pattern, action))),
    );

const PROVIDER = "microsoft.automation/";
const UNIVERSE = knownActions("action").names.filter(name => name.toLowerCase().startsWith(PROVIDER));
const SAMPLE = UNIVERSE.filter((_, at) => at % 9 === 0);

const pattern = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...SAMPLE) },
    { weight: 1, arbitrary: fc.constantFrom(...SAMPLE).map(name => name.replace(/[^/]+$/, "*")) },
    {
        weight: 1,
        arbitrary: fc.constantFrom("Microsoft.Automation/*/read", "Microsoft.Automation/automationAccounts/*"),
    },
);
const block = fc.record({
    actions: fc.uniqueArray(pattern, { minLength: 1, maxLength: 5 }),
    notActions: fc.uniqueArray(pattern, { maxLength: 1 }),
    dataActions: fc.constant([]),
    notDataActions: fc.constant([]),
});
const table = fc
    .array(
        fc.record({
            tier: fc.constantFrom<Tier>(0, 1, 2),
            permissions: fc.array(block, { minLength: 1, maxLength: 2 }),
        }),
        {
            minLength: 1,
            maxLength: 7,
        },
    )
    .map(list =>
        list.map(({ tier, permissions }, at): RoleDefinition => ({
            id: `00000000-0000-0000-0000-00000000000${at}`,
            name: `Role ${(at * 3) % 7}`,
            tier,
            permissions: permissions satisfies PermissionBlock[],
        })),
    );

type Cost = readonly [controlPlane: number, weight: number, roles: number, names: string];

const costOf = (set: readonly RoleDefinition[], needs: readonly string[]): Cost => {
    const opened = UNIVERSE.filter(
        action => !needs.includes(action) && set.some(role => naiveAllows(role, action, "actions")),
    );
    const weight = opened.reduce((sum, action) => sum + (isRead(action) ? 1 : 2), 0);
    return [
        set.filter(({ tier }) => tier === 0).length,
        weight,
        set.length,
        set
            .map(({ name }) => name)
            .sort()
            .join(),
    ];
};

const isLess = (a: Cost, b: Cost): boolean => {
    const at = a.findIndex((value, index) => value !== b[index]);
    return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

const bestByForce = (list: readonly RoleDefinition[], needs: readonly string[]): Cost => {
    const coverable = needs.filter(need => list.some(role => naiveAllows(role, need, "actions")));
    let best: Cost | undefined;
    for (let mask = 0; mask < 1 << list.length; mask += 1) {
        const set = list.filter((_, at) => (mask >> at) % 2 === 1);
        if (!coverable.every(need => set.some(role => naiveAllows(role, need, "actions")))) continue;
        const cost = costOf(set, needs);
        if (best === undefined || isLess(cost, best)) best = cost;
    }
    assert.ok(best);
    return best;
};

const KNOWN = (["action", "dataAction"] as const).flatMap(kind =>
    knownActions(kind).names.map(action => ({ action, kind })),
);

const realCost = (set: readonly RoleDefinition[], needs: readonly string[]): Cost => {
    const opened = KNOWN.filter(
        ({ action, kind }, at) =>
            !(kind === "action" && needs.includes(action)) && set.some(role => hasBit(roleReach(role).opens, at)),
    );
    const weight = opened.reduce((sum, { action }) => sum + (isRead(action) ? 1 : 2), 0);
    const names = set.map(({ name }) => name.toLowerCase()).sort();
    return [set.filter(({ tier }) => tier === 0).length, weight, set.length, names.join()];
};

const bestReal = (able: readonly RoleDefinition[], needs: readonly string[]): Cost => {
    const coverable = needs.filter(need => able.some(role => roleAllows(role, need, "action")));
    let best: Cost | undefined;
    for (let mask = 1; mask < 1 << able.length; mask += 1) {
        const set = able.filter((_, at) => (mask >> at) % 2 === 1);
        if (!coverable.every(need => set.some(role => roleAllows(role, need, "action")))) continue;
        const cost = realCost(set, needs);
        if (best === undefined || isLess(cost, best)) best = cost;
    }
    assert.ok(best);
    return best;
};

const realActions = fc.uniqueArray(
    fc.oneof(fc.constantFrom(...knownActions("action").names), fc.constantFrom(...knownActions("dataAction").names)),
    { minLength: 1, maxLength: 12 },
);

const kindOf = (action: string): "actions" | "dataActions" =>
    knownActions("action").indexOf.has(action.toLowerCase()) ? "actions" : "dataActions";

describe("the Azure solver", function () {
    this.timeout(60_000);

    it("finds no dearer set than brute force does on small random role tables", () => {
        fc.assert(
            fc.property(
                table,
                fc.uniqueArray(fc.constantFrom(...SAMPLE), { minLength: 1, maxLength: 5 }),
                (list, needs) => {
                    const solution = solveAzure(needs, { roles: list });
                    const chosen = solution.roles.map(({ id }) => list.find(role => role.id === id) as RoleDefinition);
                    assert.equal(solution.optimal, true);
                    assert.deepEqual(costOf(chosen, needs), bestByForce(list, needs));
                    assert.equal(solution.weightedExcess, costOf(chosen, needs)[1]);
                },
            ),
            { numRuns: 150 },
        );
    });

    it("finds no dearer set than brute force does on samples of the real role table", () => {
        let compared = 0;
        fc.assert(
            fc.property(
                fc.uniqueArray(fc.constantFrom(...knownActions("action").names), { minLength: 1, maxLength: 3 }),
                needs => {
                    const offered = roles().filter(role => !canAssignRoles(role));
                    const able = offered.filter(role => needs.some(need => roleAllows(role, need, "action")));
                    if (able.length === 0 || able.length > 8) return;
                    compared += 1;
                    const solution = solveAzure(needs);
                    const chosen = solution.roles.map(({ id }) => findRole(id));
                    assert.deepEqual(realCost(chosen, needs), bestReal(able, needs));
                },
            ),
            { numRuns: 250 },
        );
        assert.ok(compared > 15, `only ${compared} samples were small enough`);
    });

    it("reads every known action as the action it is", () => {
        for (const { action, kind } of KNOWN)
            assert.deepEqual(readNeed(action)[0]?.action.toLowerCase(), action.toLowerCase(), kind);
    });

    it("takes for one action the safest, then narrowest role that allows it, for samples of every provider", () => {
        const offered = roles().filter(role => !canAssignRoles(role));
        const weights = new Map(offered.map(role => [role, weightOf(roleReach(role).opens)]));
        for (const { action } of KNOWN.filter(({ kind }, at) => kind === "action" && at % 23 === 0)) {
            const able = offered.filter(role => roleAllows(role, action, "action"));
            const rank = (role: RoleDefinition): number => Number(role.tier === 0) * 1e6 + (weights.get(role) ?? 0);
            const least = Math.min(...able.map(rank));
            const best = able.filter(role => rank(role) === least).map(({ name }) => name);
            const [chosen, ...others] = solveAzure([action]).roles;
            assert.deepEqual(others, []);
            if (best.length === 0) assert.equal(chosen, undefined, action);
            else
                assert.ok(
                    best.includes(chosen?.name ?? ""),
                    `${action}: ${chosen?.name ?? "no role"}, not ${best.join(" or ")}`,
                );
        }
    });

    it("covers every action by an independent reading of Azure's matching rules, and reports the others", () => {
        fc.assert(
            fc.property(realActions, actions => {
                const { roles: chosen, uncovered, optimal } = solveAzure(actions);
                const definitions = chosen.map(({ id }) => findRole(id));
                assert.equal(optimal, true);
                for (const action of actions) {
                    const covered = definitions.some(role => naiveAllows(role, action, kindOf(action)));
                    assert.equal(covered, !uncovered.includes(action), action);
                }
                for (const action of uncovered) {
                    const holders = roles().filter(role => naiveAllows(role, action, kindOf(action)));
                    assert.ok(holders.every(canAssignRoles), `${action} is allowed by ${holders[0]?.name ?? ""}`);
                }
            }),
            { numRuns: 30 },
        );
    });

    it("names for each role a need that only it covers", () => {
        fc.assert(
            fc.property(realActions, actions => {
                for (const role of solveAzure(actions).roles) assert.notEqual(role.coversOnly.length, 0, role.name);
            }),
            { numRuns: 30 },
        );
    });

    it("answers the same whatever the order, the casing and the doubles of its input", () => {
        fc.assert(
            fc.property(realActions, fc.nat(), (actions, turn) => {
                const at = turn % actions.length;
                const turned = [
                    ...actions.slice(at),
                    ...actions.slice(0, at),
                    ...actions.slice(0, 1).map(action => action.toUpperCase()),
                ];
                assert.deepEqual(solveAzure(turned.toReversed()), solveAzure(actions));
            }),
            { numRuns: 30 },
        );
    });

    it("gives the exact custom role beside the built-in ones", () => {
        const { custom } = solveAzure([
            "microsoft.storage/storageaccounts/blobservices/containers/blobs/read",
            "POST /subscriptions/{}/resourceGroups/{}/providers/Microsoft.Compute/virtualMachines/{}/deallocate",
            "Microsoft.Compute/virtualMachines/read",
            "Microsoft.Compute/virtualMachines/READ",
        ]);
        assert.deepEqual(custom, {
            actions: ["Microsoft.Compute/virtualMachines/deallocate/action", "Microsoft.Compute/virtualMachines/read"],
            dataActions: ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"],
        });
    });

    it("gives the narrowest scope of the resources its calls name", () => {
        const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg";
        const call = (name: string): string =>
            `POST ${group}/providers/Microsoft.Compute/virtualMachines/${name}/start`;
        assert.equal(
            solveAzure([call("a"), "Microsoft.Compute/virtualMachines/read"]).scope,
            call("a").split(" ")[1]?.replace("/start", ""),
        );
        assert.equal(solveAzure([call("a"), call("b")]).scope, group);
        assert.equal(solveAzure(["Microsoft.Compute/virtualMachines/read"]).scope, null);
    });

    it("refuses to let an identity give rights away", () => {
        const { roles: chosen, custom, unusable } = solveAzure(["Microsoft.Authorization/roleAssignments/write"]);
        assert.deepEqual(chosen, []);
        assert.deepEqual(custom.actions, []);
        assert.deepEqual(unusable, [
            {
                action: "Microsoft.Authorization/roleAssignments/write",
                why: "whoever may do this can give itself any right",
            },
        ]);
    });

    it("offers roles that give rights away when it is asked to", () => {
        const { roles: chosen, uncovered } = solveAzure(["Microsoft.Authorization/roleAssignments/write"], {
            allowRoleAssignments: true,
        });
        assert.deepEqual(uncovered, []);
        assert.equal(chosen.length, 1);
        assert.equal(canAssignRoles(findRole(chosen[0]?.id ?? "")), true);
    });

    it("never offers a role that can write role assignments unasked", () => {
        fc.assert(
            fc.property(realActions, actions => {
                for (const { id, name } of solveAzure(actions).roles)
                    assert.equal(canAssignRoles(findRole(id)), false, name);
            }),
            { numRuns: 30 },
        );
    });

    it("takes a role for nothing it allows only under a condition", () => {
        const guardedRole: RoleDefinition = {
            id: "00000000-0000-0000-0000-000000000001",
            name: "Guarded",
            tier: 1,
            permissions: [
                {
                    actions: ["Microsoft.Automation/*"],
                    notActions: [],
                    dataActions: [],
                    notDataActions: [],
                    condition: "@Resource[HasObotoken] boolequals true",
                },
            ],
        };
        const { roles: chosen, unusable } = solveAzure(["Microsoft.Automation/automationAccounts/jobs/write"], {
            roles: [guardedRole],
        });
        assert.deepEqual(chosen, []);
        assert.deepEqual(unusable, [
            {
                action: "Microsoft.Automation/automationAccounts/jobs/write",
                why: "built-in roles allow it only under a condition: 'Guarded'",
            },
        ]);
    });

    const bad: readonly (readonly [line: string, why: string])[] = [
        [
            "Microsoft.Kompute/virtualMachines/read",
            "unknown resource provider 'Microsoft.Kompute'; did you mean 'Microsoft.Compute'?",
        ],
        [
            "Microsoft.Compute/virtualMachines/*",
            "'Microsoft.Compute/virtualMachines/*' is a pattern; expected one action by its full name",
        ],
        ["deallocate", "'deallocate' is not an action; expected 'Provider/type/verb' or 'METHOD /path'"],
        ["FETCH /subscriptions/{id}", "unknown method 'FETCH'; expected one of GET, HEAD, PUT, PATCH, DELETE, POST"],
        [
            "GET https://graph.microsoft.com/v1.0/users",
            "host 'graph.microsoft.com' is not Azure Resource Manager; expected 'management.azure.com' or a path",
        ],
        ["GET /unheard/of", "no action is known for 'GET /unheard/of'"],
        ["GET users", "'users' is not a path; expected '/subscriptions/…' or '/providers/…'"],
    ];
    for (const [line, why] of bad) {
        it(`reports '${line}' and answers the rest`, () => {
            const good = "Microsoft.Compute/virtualMachines/read";
            const { uncovered, unusable, custom } = solveAzure([line, good]);
            assert.deepEqual(uncovered, [line]);
            assert.deepEqual(unusable, [{ action: line, why }]);
            assert.deepEqual(custom.actions, [good]);
        });
    }

    it("says which actions of a known provider its tables do not have", () => {
        const { unknown, uncovered } = solveAzure(["Microsoft.Compute/virtualMachines/deallocat/action"]);
        assert.deepEqual(unknown, ["Microsoft.Compute/virtualMachines/deallocat/action"]);
        assert.deepEqual(uncovered, []);
    });

    it("names as alternatives the narrowest other roles that would do alone", () => {
        const { roles: chosen, alternatives } = solveAzure(["Microsoft.Automation/automationAccounts/jobs/write"]);
        assert.deepEqual(
            chosen.map(({ name }) => name),
            ["Automation Job Operator"],
        );
        assert.equal(alternatives.length, 3);
        for (const { name, id } of alternatives) {
            assert.notEqual(name, "Automation Job Operator");
            assert.equal(
                roleAllows(findRole(id), "Microsoft.Automation/automationAccounts/jobs/write", "action"),
                true,
            );
        }
    });

    it("has an empty answer to an empty list", () => {
        assert.deepEqual(solveAzure([]), {
            roles: [],
            alternatives: [],
            scope: null,
            custom: { actions: [], dataActions: [] },
            uncovered: [],
            unusable: [],
            unknown: [],
            excess: 0,
            weightedExcess: 0,
            optimal: true,
        });
    });
});
