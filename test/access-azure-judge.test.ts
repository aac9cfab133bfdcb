import assert from "node:assert/strict";
import fc from "fast-check";
import { knownActions } from "../access/azure-actions.ts";
import { judgeAzure } from "../access/judge-azure.ts";
import { redundantRoles } from "../access/held-roles.ts";
import { findRole, roleAllows, roles } from "../access/roles.ts";
import { contains } from "../access/scope.ts";

const SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg`;
const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm`;
const DEALLOCATE = "Microsoft.Compute/virtualMachines/deallocate/action";
const READ = "Microsoft.Compute/virtualMachines/read";

describe("judging the Azure roles an identity holds", function () {
    this.timeout(60_000);

    it("finds nothing to say about the exact custom role on the exact resource", () => {
        const role = {
            id: "33333333-3333-3333-3333-333333333333",
            name: "Nightly stop",
            tier: 1 as const,
            permissions: [{ actions: [DEALLOCATE, READ], notActions: [], dataActions: [], notDataActions: [] }],
        };
        assert.deepEqual(
            judgeAzure(
                [{ role, scope: VM }],
                [DEALLOCATE, READ].map(action => ({ action, scope: VM })),
            ),
            {
                missing: [],
                unneeded: [],
                redundant: [],
                replaceable: [],
                narrowable: [],
            },
        );
    });

    it("tells a need that no role allows, one that is out of scope and one under a condition apart", () => {
        const held = [
            { role: "Reader", scope: `${SUBSCRIPTION}/resourceGroups/other` },
            { role: "Azure Container Storage Owner", scope: SUBSCRIPTION },
        ];
        const needed = [
            { action: DEALLOCATE },
            { action: READ, scope: VM },
            { action: "Microsoft.Authorization/roleAssignments/delete", scope: GROUP },
        ];
        assert.deepEqual(judgeAzure(held, needed).missing, [
            { action: DEALLOCATE, why: "no granted role allows it" },
            {
                action: READ,
                why: `role 'Reader' allows it, but on '${SUBSCRIPTION}/resourceGroups/other', not on '${VM}'`,
            },
            {
                action: "Microsoft.Authorization/roleAssignments/delete",
                why: "role 'Azure Container Storage Owner' allows it only under a condition",
            },
        ]);
    });

    it("tells a role that covers no need as unneeded and as nothing else", () => {
        const spare = { role: "Key Vault Reader", scope: SUBSCRIPTION };
        const judgement = judgeAzure(
            [spare, { role: "DevTest Labs User", scope: VM }],
            [{ action: DEALLOCATE, scope: VM }],
        );
        assert.deepEqual(judgement.unneeded, [spare]);
        assert.deepEqual(judgement.redundant, []);
        assert.deepEqual(judgement.replaceable, []);
        assert.deepEqual(judgement.narrowable, []);
    });

    it("lets the most dangerous of the roles that cover the same needs go", () => {
        const contributor = { role: "Contributor", scope: SUBSCRIPTION };
        const machine = { role: "Virtual Machine Contributor", scope: GROUP };
        const { redundant } = judgeAzure([machine, contributor], [{ action: DEALLOCATE, scope: VM }]);
        assert.deepEqual(redundant, [{ grant: contributor, coveredBy: [machine] }]);
    });

    it("names the smaller role that would do, and how much it closes", () => {
        const held = { role: "Contributor", scope: GROUP };
        const [replacement, ...others] = judgeAzure([held], [{ action: DEALLOCATE, scope: VM }]).replaceable;
        assert.deepEqual(others, []);
        assert.equal(replacement?.grant, held);
        assert.deepEqual(
            replacement?.by.roles.map(({ name }) => name),
            ["DevTest Labs User"],
        );
        assert.ok((replacement?.closes ?? 0) > 9000, `closes ${replacement?.closes ?? "nothing"}`);
    });

    it("names the narrower scope all needs lie on", () => {
        const held = { role: "DevTest Labs User", scope: SUBSCRIPTION };
        const other = VM.replace(/vm$/, "vm2");
        assert.deepEqual(
            judgeAzure(
                [held],
                [
                    { action: READ, scope: VM },
                    { action: READ, scope: other },
                ],
            ).narrowable,
            [{ grant: held, scope: GROUP }],
        );
        assert.deepEqual(judgeAzure([held], [{ action: READ, scope: VM }, { action: READ }]).narrowable, []);
    });

    it("takes the scope of a need from the call it is given as", () => {
        const held = { role: "DevTest Labs User", scope: SUBSCRIPTION };
        const needed = [{ action: `POST ${VM}/deallocate` }, { action: `GET ${VM}` }];
        assert.deepEqual(judgeAzure([held], needed).narrowable, [{ grant: held, scope: VM }]);
    });

    it("finds a role that another one contains on the same scope or above, whatever is needed", () => {
        const owner = { role: "Owner", scope: SUBSCRIPTION };
        const reader = { role: "Reader", scope: GROUP };
        const blobs = { role: "Storage Blob Data Reader", scope: GROUP };
        assert.deepEqual(redundantRoles([reader, owner, blobs]), [{ grant: reader, coveredBy: [owner] }]);
        assert.deepEqual(
            redundantRoles([
                { role: "Owner", scope: GROUP },
                { role: "Reader", scope: SUBSCRIPTION },
            ]),
            [],
        );
    });

    it("tells one of two equal grants", () => {
        const twice = [
            { role: "Reader", scope: GROUP },
            { role: findRole("Reader").id, scope: GROUP.toUpperCase() },
        ];
        assert.deepEqual(redundantRoles(twice), [{ grant: twice[1], coveredBy: [twice[0]] }]);
    });

    it("keeps every need covered when all that is unneeded or redundant goes", () => {
        const scope = fc.constantFrom(SUBSCRIPTION, GROUP, VM);
        const held = fc.record({
            role: fc.constantFrom(
                ...roles()
                    .slice(0, 300)
                    .map(({ name }) => name),
                "Reader",
                "Contributor",
            ),
            scope,
        });
        const need = fc.record({ action: fc.constantFrom(...knownActions("action").names), scope });
        fc.assert(
            fc.property(fc.array(held, { maxLength: 6 }), fc.array(need, { maxLength: 8 }), (granted, needed) => {
                const { unneeded, redundant, missing } = judgeAzure(granted, needed);
                const gone = new Set([...unneeded, ...redundant.map(({ grant }) => grant)]);
                const covers = (
                    list: readonly (typeof granted)[number][],
                    { action, scope: at }: (typeof needed)[number],
                ): boolean =>
                    list.some(grant => contains(grant.scope, at) && roleAllows(findRole(grant.role), action, "action"));
                const left = granted.filter(grant => !gone.has(grant));
                for (const each of needed) assert.equal(covers(left, each), covers(granted, each), each.action);
                assert.equal(missing.length, needed.filter(each => !covers(granted, each)).length);
            }),
            { numRuns: 40 },
        );
    });

    it("refuses an unknown role, a bad scope and a bad action", () => {
        assert.throws(
            () => judgeAzure([{ role: "Raeder", scope: GROUP }], []),
            /^Error: unknown Azure role 'Raeder'; did you mean 'Reader'\?$/,
        );
        assert.throws(
            () => judgeAzure([{ role: "Reader", scope: "rg" }], [{ action: READ, scope: VM }]),
            /'rg' is not an Azure scope/,
        );
        assert.throws(() => judgeAzure([], [{ action: "start" }]), /'start' is not an action/);
    });
});
