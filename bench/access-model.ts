// Processor time to tell from the resources of a stack who can do what on what: of a first preview, in which no id is
// known, and of an export. Half of the resources are grants. Run: node bench/access-model.ts
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import type { PlainResource } from "../policy-pack/adapter/resource.ts";
import { account, asPlan, asState, group, GUID, identity, type Made, Ref } from "../test/policy-adapter-world.ts";
import { SUBSCRIPTION_SCOPE } from "../test/policy-support.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { processorTime } from "./processor-time.ts";

const ROLES = ["Reader", "Website Contributor", "Storage Blob Data Reader", "Key Vault Secrets User", "AcrPull"];
const PERMISSIONS = ["User.Read.All", "Group.Read.All", "Device.Read.All", "Sites.Selected", "Place.Read.All"];
const RUNS = 5;
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const numbered = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i));

const roleOf = (holder: Made, scope: Made, index: number): Made => ({
    type: "azure-native:authorization:RoleAssignment",
    name: `role-${String(index)}`,
    id: `${scope.id}/providers/Microsoft.Authorization/roleAssignments/${GUID(index)}`,
    inputs: {
        principalId: new Ref(holder, holder.type.includes("automation") ? "identity.principalId" : "principalId"),
        principalType: "ServicePrincipal",
        roleAssignmentName: GUID(index),
        roleDefinitionId: `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${findRole(at(ROLES, index)).id}`,
        scope: new Ref(scope, "id"),
    },
});

const permissionOf = (holder: Made, index: number): Made => ({
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: `permission-${String(index)}`,
    id: `/servicePrincipals/${GUID(9)}/appRoleAssignedTo/${String(index)}`,
    inputs: {
        principalObjectId: new Ref(holder, "principalId"),
        resourceObjectId: GUID(9),
        appRoleId: findAppRole(MICROSOFT_GRAPH, at(PERMISSIONS, index)).id,
    },
});

const store = (within: Made, index: number): Made => ({
    type: "azure-native:storage:StorageAccount",
    name: `store-${String(index)}`,
    id: `${within.id}/providers/Microsoft.Storage/storageAccounts/store${String(index)}`,
    inputs: { resourceGroupName: new Ref(within, "name"), accountName: `store${String(index)}`, kind: "StorageV2" },
});

/** A stack of so many resources: for each ten grants an identity, and an account that acts with it. */
const programOf = (resources: number): readonly Made[] => {
    const groups = numbered(Math.ceil(resources / 100), index => group(String(index)));
    const identities = numbered(resources / 20, index => identity(String(index), at(groups, index), 10 + index));
    const accounts = identities.map((each, index) =>
        account(String(index), at(groups, index), 1_000_000 + index, [each]),
    );
    const grants = numbered(resources / 4, index => [
        roleOf(at(index % 2 === 0 ? identities : accounts, index), at(groups, index), index),
        permissionOf(at(identities, index), index),
    ]);
    const made = [...groups, ...identities, ...accounts, ...grants.flat()];
    return [...made, ...numbered(resources - made.length, index => store(at(groups, index), index))];
};

const PLANS: Readonly<Record<string, (program: readonly Made[]) => readonly PlainResource[]>> = {
    "a first preview": program => asPlan(program, () => true),
    "an export": asState,
};

const measure = (resources: number, read: (program: readonly Made[]) => readonly PlainResource[]): number => {
    const program = programOf(resources);
    const times = numbered(RUNS, () => {
        const plain = read(program);
        collectGarbage();
        return processorTime(() => accessModelOf(plain));
    });
    return Math.min(...times);
};

for (const [what, read] of Object.entries(PLANS)) {
    measure(1_000, read);
    const [few, many] = [measure(1_000, read), measure(10_000, read)];
    console.log(
        `${what}: ${few.toFixed(0)} ms for 1000 resources, ${many.toFixed(0)} ms for 10000: ${(many / few).toFixed(1)} times`,
    );
}
