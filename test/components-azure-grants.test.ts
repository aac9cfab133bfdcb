import assert from "node:assert/strict";
import { AzureGrants, ManagedIdentity } from "../components/index.ts";
import { ofType, record, UNKNOWN } from "./setup/mock-engine.ts";

const SUBSCRIPTION = "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-lab`;
const MACHINE = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-1`;
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const DEALLOCATE = "Microsoft.Compute/virtualMachines/deallocate/action";

describe("AzureGrants", () => {
    it("makes one role assignment for a role, named after who, what and where", async () => {
        const made = await record(
            () =>
                new AzureGrants("nightly", {
                    principalId: "p",
                    grants: [{ role: "Reader", scope: GROUP, reason: "Looks" }],
                }),
        );
        assert.deepEqual(made.asked, [
            { type: "leastwise:index:AzureGrants", name: "nightly", inputs: {} },
            {
                type: "azure-native:authorization:RoleAssignment",
                name: "nightly-Reader-rg-lab-c9803b",
                inputs: {
                    roleAssignmentName: "836c8c61-9699-5958-95a5-bfc88449699f",
                    principalId: "p",
                    principalType: "ServicePrincipal",
                    roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
                    scope: GROUP,
                    description: "Looks",
                },
            },
        ]);
    });

    it("gives an assignment the same name whatever the case of its scope, and another in another stack", async () => {
        const name = async (scope: string, stack: string) =>
            ofType(
                await record(() => new AzureGrants("n", { principalId: "p", grants: [{ role: "Reader", scope }] }), {
                    stack,
                }),
                "RoleAssignment",
            )[0]?.inputs["roleAssignmentName"];
        assert.equal(await name(GROUP, "a"), await name(GROUP.toUpperCase(), "a"));
        assert.notEqual(await name(GROUP, "a"), await name(GROUP, "b"));
    });

    it("defines a custom role of just the actions on the group of the resource, and assigns it on the resource", async () => {
        const made = await record(
            () =>
                new AzureGrants("nightly", {
                    principalId: "p",
                    grants: [{ actions: [DEALLOCATE.toLowerCase()], scope: MACHINE }],
                }),
        );
        const [definition] = ofType(made, "RoleDefinition");
        const [assignment] = ofType(made, "RoleAssignment");
        assert.equal(made.asked.length, 3);
        assert.deepEqual(definition?.inputs["permissions"], [
            { actions: [DEALLOCATE], notActions: [], dataActions: [], notDataActions: [] },
        ]);
        assert.deepEqual(definition.inputs["assignableScopes"], [GROUP]);
        assert.equal(assignment?.inputs["scope"], MACHINE);
        assert.equal(
            assignment.inputs["roleDefinitionId"],
            `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${String(definition.inputs["roleDefinitionId"])}`,
        );
    });

    it("puts data actions apart from actions", async () => {
        const read = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
        const made = await record(
            () => new AzureGrants("n", { principalId: "p", grants: [{ actions: [read, DEALLOCATE], scope: GROUP }] }),
        );
        assert.deepEqual(ofType(made, "RoleDefinition")[0]?.inputs["permissions"], [
            { actions: [DEALLOCATE], notActions: [], dataActions: [read], notDataActions: [] },
        ]);
    });

    it("knows name, role and scope at preview, where only the principal of a new identity is unknown", async () => {
        const made = await record(
            () => {
                const { principalId } = new ManagedIdentity("i", { userAssigned: { resourceGroupName: "rg" } });
                new AzureGrants("n", { principalId, grants: [{ role: "Reader", scope: GROUP }] });
            },
            { preview: true },
        );
        const { inputs } = ofType(made, "RoleAssignment")[0] ?? {};
        assert.deepEqual(
            Object.keys(inputs ?? {}).filter(key => inputs?.[key] === UNKNOWN),
            ["principalId"],
        );
        assert.equal(inputs?.["scope"], GROUP);
        assert.match(String(inputs["roleDefinitionId"]), new RegExp(READER));
    });

    it("names a role outside of any subscription by its bare path", async () => {
        const scope = "/providers/Microsoft.Management/managementGroups/contoso";
        const made = await record(
            () => new AzureGrants("n", { principalId: "p", grants: [{ role: "Reader", scope }] }),
        );
        assert.equal(
            ofType(made, "RoleAssignment")[0]?.inputs["roleDefinitionId"],
            `/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
        );
    });

    const refused = (
        title: string,
        grant: { role: string; scope: string } | { actions: string[]; scope: string },
        message: RegExp,
    ): void => {
        it(title, async () => {
            await record(() =>
                assert.throws(() => new AzureGrants("n", { principalId: "p", grants: [grant] }), { message }),
            );
        });
    };

    refused(
        "refuses an unknown role with its nearest match",
        { role: "Readr", scope: GROUP },
        /^unknown Azure role 'Readr'; did you mean 'Reader'\?$/,
    );
    refused(
        "refuses a scope that is none",
        { role: "Reader", scope: "rg-lab" },
        /^'rg-lab' is not an Azure scope; expected/,
    );
    refused(
        "refuses a pattern of actions",
        { actions: ["Microsoft.Compute/*/read"], scope: GROUP },
        /is a pattern; expected each action by its whole name$/,
    );
    refused(
        "refuses an empty list of actions",
        { actions: [], scope: GROUP },
        /^a list of actions names none; expected at least one$/,
    );
    refused(
        "refuses an unknown action with its nearest match",
        { actions: ["Microsoft.Compute/virtualMachines/dealocate/action"], scope: GROUP },
        /^unknown Azure action '.*'; did you mean 'Microsoft.Compute\/virtualMachines\/deallocate\/action'\?$/,
    );
});
