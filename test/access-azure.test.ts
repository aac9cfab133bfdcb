import assert from "node:assert/strict";
import fc from "fast-check";
import { actionsOf } from "../access/arm-actions.ts";
import { actionTier, findAction, isKnownProvider, knownActions, matchesAction } from "../access/azure-actions.ts";
import { roleReach, universeIndex } from "../access/azure-reach.ts";
import { hasBit } from "../access/bits.ts";
import { canAssignRoles } from "../access/role-assigning.ts";
import { findRole, roleAllows, roleIndex, roleMayAllow, roles } from "../access/roles.ts";
import type { RoleDefinition } from "../access/roles.ts";

/** Azure's matching rule, written the other way round: as a regular expression. */
const naiveMatch = (pattern: string, action: string): boolean =>
    new RegExp(
        `^${pattern
            .split("*")
            .map(part => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
            .join(".*")}$`,
        "is",
    ).test(action);

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";

describe("matching of Azure actions", () => {
    const cases: readonly (readonly [pattern: string, action: string, matches: boolean])[] = [
        ["Microsoft.Compute/virtualMachines/read", "microsoft.compute/VIRTUALMACHINES/Read", true],
        ["Microsoft.Compute/virtualMachines/*", "Microsoft.Compute/virtualMachines/extensions/read", true],
        ["Microsoft.Compute/virtualMachines/*", "Microsoft.Compute/virtualMachineScaleSets/read", false],
        ["*/read", "Microsoft.Compute/virtualMachines/read", true],
        ["*/read", "Microsoft.Compute/virtualMachines/readme", false],
        ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/roleAssignments/write", true],
        ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/write", false],
        ["*", "Anything/at/all/action", true],
        ["a/*/b/*/c", "a/x/b/y/c", true],
        ["a/*/b/*/c", "a/x/c", false],
        ["ab*ba", "aba", false],
        ["Microsoft.Compute/virtualMachines/read", "MicrosoftXCompute/virtualMachines/read", false],
    ];
    for (const [pattern, action, matches] of cases) {
        it(`'${pattern}' ${matches ? "matches" : "does not match"} '${action}'`, () => {
            assert.equal(matchesAction(pattern, action), matches);
        });
    }

    it("agrees with a regular expression on any pattern and action", () => {
        const word = fc.string({ unit: fc.constantFrom("a", "B", "/", ".", "*"), maxLength: 9 });
        const text = fc.string({ unit: fc.constantFrom("A", "b", "/", "."), maxLength: 12 });
        fc.assert(
            fc.property(word, text, (pattern, action) => {
                assert.equal(matchesAction(pattern, action), naiveMatch(pattern, action));
            }),
            { numRuns: 2000 },
        );
    });
});

describe("Azure built-in roles", () => {
    it("have unique GUIDs and unique names", () => {
        const ids = new Set(roles().map(({ id }) => id));
        assert.equal(ids.size, roles().length);
        for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.equal(new Set(roles().map(({ name }) => name.toLowerCase())).size, roles().length);
        assert.ok(roles().length >= 928, `expected at least 928 roles, got ${roles().length}`);
    });

    it("are found by name in any case, by GUID and by path", () => {
        const reader = findRole("Reader");
        assert.equal(reader.id, "acdd72a7-3385-48ef-bd42-f606fba81ae7");
        assert.equal(findRole("READER"), reader);
        assert.equal(findRole("ACDD72A7-3385-48EF-BD42-F606FBA81AE7"), reader);
        assert.equal(findRole(`${GROUP}/providers/Microsoft.Authorization/roleDefinitions/${reader.id}`), reader);
    });

    it("answer a misspelled name with the nearest", () => {
        assert.throws(() => findRole("Virtual Machine Contributer"), {
            message: "unknown Azure role 'Virtual Machine Contributer'; did you mean 'Virtual Machine Contributor'?",
        });
    });

    it("answer a misspelled id with the nearest, and one of a custom role with none", () => {
        const typed = "7f951dff-4bc7-4680-a7ca-43fe172d538d";
        assert.throws(() => findRole(typed), {
            message: `unknown Azure role '${typed}'; did you mean '${findRole("AcrPull").id}', which is 'AcrPull'?`,
        });
        const custom = "5b1c6f0e-93a7-4d0b-8c55-0f2e9a7d4416";
        assert.throws(() => findRole(custom), { message: `unknown Azure role '${custom}'` });
    });

    it("answer a name two roles share with both ids", () => {
        const find = roleIndex([
            { id: "11111111-1111-1111-1111-111111111111", name: "Operator", tier: 1, permissions: [] },
            { id: "22222222-2222-2222-2222-222222222222", name: "operator", tier: 1, permissions: [] },
        ]);
        assert.throws(() => find("Operator"), {
            message:
                "Azure role name 'Operator' is shared by '11111111-1111-1111-1111-111111111111', " +
                "'22222222-2222-2222-2222-222222222222'; expected one of these ids",
        });
        assert.equal(find("22222222-2222-2222-2222-222222222222").name, "operator");
    });

    it("do not allow what notActions takes away", () => {
        const contributor = findRole("Contributor");
        assert.equal(roleAllows(contributor, "Microsoft.Compute/virtualMachines/write", "action"), true);
        assert.equal(roleAllows(contributor, "microsoft.authorization/roleassignments/WRITE", "action"), false);
        assert.equal(
            roleAllows(
                contributor,
                "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
                "dataAction",
            ),
            false,
        );
    });

    it("allow in one block what another block takes away", () => {
        const role: RoleDefinition = {
            id: "11111111-1111-1111-1111-111111111111",
            name: "Two blocks",
            tier: 1,
            permissions: [
                {
                    actions: ["Microsoft.Compute/*"],
                    notActions: ["Microsoft.Compute/disks/*"],
                    dataActions: [],
                    notDataActions: [],
                },
                { actions: ["Microsoft.Compute/disks/read"], notActions: [], dataActions: [], notDataActions: [] },
            ],
        };
        assert.equal(roleAllows(role, "Microsoft.Compute/disks/read", "action"), true);
        assert.equal(roleAllows(role, "Microsoft.Compute/disks/write", "action"), false);
    });

    it("allow surely only what no condition bears on", () => {
        const owner = findRole("Azure Container Storage Owner");
        assert.equal(roleAllows(owner, "Microsoft.Authorization/roleAssignments/write", "action"), false);
        assert.equal(roleMayAllow(owner, "Microsoft.Authorization/roleAssignments/write", "action"), true);
        assert.equal(roleAllows(owner, "Microsoft.ElasticSan/elasticSans/write", "action"), true);
        const hci = findRole("Azure Stack HCI Administrator");
        assert.equal(roleAllows(hci, "Microsoft.HybridCompute/machines/read", "action"), true);
        assert.equal(roleAllows(hci, "Microsoft.Authorization/roleAssignments/delete", "action"), false);
        const oracle = findRole("Oracle Database DbSystems Administrator");
        const action = oracle.permissions.flatMap(({ condition, actions }) =>
            condition === undefined ? [] : actions,
        )[0];
        assert.ok(action);
        assert.equal(roleAllows(oracle, action.replace("*", "x"), "action"), false);
    });

    it("that can write role assignments are told apart, conditions or not, and are all of the control plane", () => {
        for (const name of [
            "Owner",
            "User Access Administrator",
            "Role Based Access Control Administrator",
            "Azure Container Storage Owner",
        ]) {
            assert.equal(canAssignRoles(findRole(name)), true, name);
        }
        for (const name of ["Contributor", "Reader", "Virtual Machine Contributor"]) {
            assert.equal(canAssignRoles(findRole(name)), false, name);
        }
        assert.deepEqual(
            roles()
                .filter(role => canAssignRoles(role) && role.tier !== 0)
                .map(({ name }) => name),
            [],
        );
    });

    it("open and cover exactly what a naive reading of their blocks allows", () => {
        const role = fc.constantFrom(...roles());
        const kind = fc.constantFrom("action" as const, "dataAction" as const);
        fc.assert(
            fc.property(role, kind, fc.nat(), (definition, plane, seed) => {
                const { names } = knownActions(plane);
                for (let step = 0; step < 40; step += 1) {
                    const action = names[(seed + step * 7919) % names.length] ?? "";
                    const at = universeIndex(action, plane) ?? -1;
                    const [allowed, excluded] =
                        plane === "action"
                            ? (["actions", "notActions"] as const)
                            : (["dataActions", "notDataActions"] as const);
                    const opened = definition.permissions.some(
                        block =>
                            block[allowed].some(pattern => naiveMatch(pattern, action)) &&
                            !block[excluded].some(pattern => naiveMatch(pattern, action)),
                    );
                    assert.equal(hasBit(roleReach(definition).opens, at), opened, `${definition.name} ${action}`);
                    assert.equal(
                        hasBit(roleReach(definition).covers, at),
                        roleAllows(definition, action, plane),
                        `${definition.name} ${action}`,
                    );
                }
            }),
            { numRuns: 100 },
        );
    });
});

describe("known Azure actions", () => {
    it("are sorted, without doubles and free of wildcards", () => {
        for (const kind of ["action", "dataAction"] as const) {
            const { lower, tiers } = knownActions(kind);
            assert.deepEqual(
                lower,
                [...new Set(lower)].toSorted((a, b) => (a < b ? -1 : 1)),
            );
            assert.equal(
                lower.some(name => name.includes("*") || name.endsWith("/") || name !== name.trim()),
                false,
            );
            assert.equal(tiers.length, lower.length);
        }
    });

    it("have the tier of the tier source, where it has one", () => {
        assert.equal(actionTier("Microsoft.Authorization/roleAssignments/write", "action"), 0);
        assert.equal(actionTier("Microsoft.Compute/virtualMachines/deallocate/action", "action"), 1);
        assert.equal(actionTier("Microsoft.Compute/nothing/read", "action"), undefined);
    });

    it("are found in any case and given back in one spelling", () => {
        assert.equal(
            findAction("MICROSOFT.COMPUTE/virtualmachines/DEALLOCATE/action", "action"),
            "Microsoft.Compute/virtualMachines/deallocate/action",
        );
        assert.equal(isKnownProvider("microsoft.compute/x/read"), true);
        assert.equal(isKnownProvider("Microsoft.Kompute/x/read"), false);
    });
});

describe("actions of Resource Manager calls", () => {
    const cases: readonly (readonly [call: string, actions: readonly string[]])[] = [
        [
            `POST ${GROUP}/providers/Microsoft.Compute/virtualMachines/vm/deallocate?api-version=2024-07-01`,
            ["Microsoft.Compute/virtualMachines/deallocate/action"],
        ],
        [`GET ${GROUP}/providers/Microsoft.Compute/virtualMachines`, ["Microsoft.Compute/virtualMachines/read"]],
        [`HEAD ${GROUP}`, ["Microsoft.Resources/subscriptions/resourceGroups/read"]],
        [`put ${GROUP.toUpperCase()}`, ["Microsoft.Resources/subscriptions/resourceGroups/write"]],
        ["GET /subscriptions/{id}", ["Microsoft.Resources/subscriptions/read"]],
        ["GET /subscriptions", ["Microsoft.Resources/subscriptions/read"]],
        ["POST /subscriptions/{id}/providers/Microsoft.Automation/register", ["Microsoft.Automation/register/action"]],
        [
            `PUT ${GROUP}/providers/Microsoft.Automation/automationAccounts/a/runbooks/r/draft/content`,
            ["Microsoft.Automation/automationAccounts/runbooks/draft/content/write"],
        ],
        [
            `POST ${GROUP}/providers/Microsoft.Automation/automationAccounts/a/runbooks/r/publish`,
            ["Microsoft.Automation/automationAccounts/runbooks/publish/action"],
        ],
        [
            `PUT ${GROUP}/providers/Microsoft.Storage/storageAccounts/s/providers/Microsoft.Authorization/roleAssignments/n`,
            ["Microsoft.Authorization/roleAssignments/write"],
        ],
        [
            "PUT /providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/roleAssignments/n",
            ["Microsoft.Authorization/roleAssignments/write"],
        ],
        [
            `POST ${GROUP}/providers/Microsoft.Network/networkWatchers/w/topology`,
            ["Microsoft.Network/networkWatchers/topology/read"],
        ],
        [
            `PUT ${GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/s`,
            ["Microsoft.DBforPostgreSQL/flexibleServers/write"],
        ],
        ["DELETE /subscriptions/{id}/tagNames/cost", ["Microsoft.Resources/tags/delete"]],
        [`GET ${GROUP}/providers/Microsoft.New/things/t/parts/p`, ["Microsoft.New/things/parts/read"]],
        ["GET /unheard/of", []],
    ];
    for (const [call, actions] of cases) {
        it(`${call} needs ${actions.join(" and ") || "nothing known"}`, () => {
            const [method = "", path = ""] = call.split(" ");
            assert.deepEqual(actionsOf(method, path), actions);
        });
    }

    it("do not depend on how names and types are cased", () => {
        const path = `${GROUP}/providers/Microsoft.EventHub/namespaces/n/networkRuleSets/default`;
        assert.deepEqual(actionsOf("GET", path.toUpperCase()), actionsOf("GET", path));
    });

    it("need a method Resource Manager has", () => {
        assert.throws(() => actionsOf("FETCH", GROUP), {
            message: "unknown method 'FETCH'; expected one of GET, HEAD, PUT, PATCH, DELETE, POST",
        });
    });
});
