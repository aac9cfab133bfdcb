import assert from "node:assert/strict";
import { type PermissionBlock, type RoleDefinition, roles } from "../access/roles.ts";
import { tierOfRole } from "../access/role-tier.ts";

const role = (...blocks: readonly Partial<PermissionBlock>[]): RoleDefinition => ({
    id: "",
    name: "custom",
    tier: 0,
    permissions: blocks.map(block => ({ actions: [], notActions: [], dataActions: [], notDataActions: [], ...block })),
});

const ASSIGN = "Microsoft.Authorization/roleAssignments/write";

describe("the tier of a role that no table classes", () => {
    const CASES: readonly (readonly [fact: string, role: RoleDefinition, tier: number])[] = [
        [
            "is that of its most dangerous action",
            role({ actions: ["Microsoft.Compute/virtualMachines/read", ASSIGN] }),
            0,
        ],
        ["is found among what a pattern stands for", role({ actions: ["Microsoft.Authorization/*"] }), 0],
        ["is the highest where every action is allowed", role({ actions: ["*"] }), 0],
        [
            "leaves out what is excluded",
            role({ actions: ["Microsoft.Authorization/roleAssignments/*"], notActions: [ASSIGN, "*/delete"] }),
            2,
        ],
        ["takes what another block allows", role({ actions: [ASSIGN], notActions: ["*"] }, { actions: [ASSIGN] }), 0],
        ["is user access for reads that no table classes", role({ actions: ["Contoso.Machines/presses/read"] }), 2],
        [
            "is the management plane for other actions that no table classes",
            role({ actions: ["Contoso.Machines/presses/write"] }),
            1,
        ],
        ["is user access where nothing is allowed", role(), 2],
    ];
    for (const [fact, given, tier] of CASES) it(fact, () => assert.equal(tierOfRole(given), tier));

    it("agrees with the table on most of a sample of built-in roles", () => {
        const sample = roles().filter((_, at) => at % 20 === 0);
        const same = sample.filter(each => tierOfRole(each) === each.tier);
        assert.ok(same.length > sample.length * 0.85, `${String(same.length)} of ${String(sample.length)}`);
    });
});
