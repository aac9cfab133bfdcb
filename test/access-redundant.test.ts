import assert from "node:assert/strict";
import * as fc from "fast-check";
import { redundantPermissions } from "../access/graph-redundant.ts";
import { permissions } from "../access/graph-sets.ts";
import { inheritedRoles } from "../access/inherited-roles.ts";
import type { Place, RoleRight } from "../access/model.ts";
import { findRole, type RoleDefinition } from "../access/roles.ts";

describe("redundantPermissions", () => {
    const told = (...names: readonly string[]): string[] =>
        redundantPermissions(names).map(({ permission, coveredBy }) => `${permission} by ${coveredBy.join()}`);

    it("tells what a larger permission of the same name says too", () => {
        assert.deepEqual(told("User.Read.All", "User.ReadWrite.All"), ["User.Read.All by User.ReadWrite.All"]);
        assert.deepEqual(told("Mail.ReadBasic.All", "Mail.Read"), ["Mail.ReadBasic.All by Mail.Read"]);
    });

    it("tells what a permission of another name opens whole", () => {
        assert.deepEqual(told("GroupMember.Read.All", "Group.Read.All"), ["GroupMember.Read.All by Group.Read.All"]);
        assert.deepEqual(told("OrgContact.Read.All", "Directory.Read.All"), [
            "OrgContact.Read.All by Directory.Read.All",
        ]);
    });

    it("tells nothing of permissions that each open something of their own", () => {
        assert.deepEqual(told("User.Read.All", "Mail.Send", "AuditLog.Read.All"), []);
        assert.deepEqual(told("Mail.Send", "Mail.ReadWrite"), []);
        assert.deepEqual(told("Sites.Selected", "Sites.Read.All"), []);
    });

    it("tells no permission that opens other data by the same calls, nor the full by the basic", () => {
        assert.deepEqual(told("AuditLogsQuery-Entra.Read.All", "AuditLogsQuery-Exchange.Read.All"), []);
        assert.deepEqual(told("ChannelSettings.Read.All", "Channel.ReadBasic.All"), []);
        assert.deepEqual(told("Member.Read.Hidden", "EduRoster.ReadWrite.All"), []);
    });

    it("tells no permission by one that reaches only what it owns", () => {
        assert.deepEqual(told("Application.Read.All", "Application.ReadWrite.OwnedBy"), []);
    });

    it("tells nothing of one permission, of the same one twice, and of names that are none", () => {
        assert.deepEqual(told("User.Read.All", "User.Read.All", "No.Such"), []);
    });

    it("never tells all of them, and is the same in any order", () => {
        const names = permissions().map(({ name }) => name);
        const some = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 });
        fc.assert(
            fc.property(some, fc.infiniteStream(fc.nat()), (list, order) => {
                const found = told(...list);
                assert.ok(found.length < list.length);
                const shuffled = list.toSorted(() => ((order.next().value as number) % 2) - 0.5);
                assert.deepEqual(told(...shuffled), found);
            }),
        );
    });
});

const SUBSCRIPTION: Place = { kind: "subscription", id: "/subscriptions/a" };
const GROUP: Place = { kind: "resourceGroup", id: "/subscriptions/a/resourcegroups/g", within: SUBSCRIPTION };
const OTHER: Place = { kind: "resourceGroup", id: "/subscriptions/a/resourcegroups/h", within: SUBSCRIPTION };
const NEW_GROUP: Place = { kind: "resourceGroup", urn: "urn:group" };
const IN_NEW: Place = { kind: "resource", urn: "urn:vault", type: "microsoft.keyvault/vaults", within: NEW_GROUP };

const right = (key: string, role: string | RoleDefinition, scope: Place, more: Partial<RoleRight> = {}): RoleRight => {
    const definition = typeof role === "string" ? findRole(role) : role;
    return {
        kind: "role",
        key,
        urn: key,
        holder: "identity",
        tier: 1,
        role: definition.name,
        definition,
        scope,
        ...more,
    };
};
const custom = (...actions: readonly string[]): RoleDefinition => ({
    id: "custom",
    name: "custom",
    tier: 1,
    permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
});

describe("inheritedRoles", () => {
    const told = (...rights: readonly RoleRight[]): string[] =>
        inheritedRoles(rights).map(({ right: { key }, from }) => `${key} from ${from.key}`);

    it("tells a role that a scope around it gives already, by id and where no id is known", () => {
        assert.deepEqual(told(right("a", "Reader", GROUP), right("b", "Reader", SUBSCRIPTION)), ["a from b"]);
        assert.deepEqual(told(right("a", "Reader", IN_NEW), right("b", "Reader", NEW_GROUP)), ["a from b"]);
    });

    it("tells a role that a larger one gives already", () => {
        assert.deepEqual(told(right("a", "Reader", GROUP), right("b", "Contributor", GROUP)), ["a from b"]);
    });

    it("tells the later of two that are the same", () => {
        assert.deepEqual(told(right("b", "Reader", GROUP), right("a", "Reader", GROUP)), ["b from a"]);
    });

    it("tells nothing of roles beside or around one another that each give something", () => {
        assert.deepEqual(told(right("a", "Reader", GROUP), right("b", "Reader", OTHER)), []);
        assert.deepEqual(told(right("a", "Contributor", GROUP), right("b", "Reader", SUBSCRIPTION)), []);
        assert.deepEqual(told(right("a", "Storage Blob Data Reader", GROUP), right("b", "Contributor", GROUP)), []);
    });

    it("tells nothing by a role that holds under a condition, or that has to be activated first", () => {
        assert.deepEqual(told(right("a", "Reader", GROUP), right("b", "Reader", SUBSCRIPTION, { condition: "x" })), []);
        assert.deepEqual(told(right("a", "Reader", GROUP), right("b", "Reader", SUBSCRIPTION, { eligible: true })), []);
    });

    it("tells nothing of what is not decided", () => {
        const undecided = { undecided: "why" };
        assert.deepEqual(told(right("a", "Reader", GROUP, { definition: undecided }), right("b", "Owner", GROUP)), []);
        assert.deepEqual(told(right("a", "Reader", GROUP, { scope: undecided }), right("b", "Owner", GROUP)), []);
    });

    it("tells no custom role whose actions no table has, unless the other names them too", () => {
        const [read, all] = ["Contoso.Shop/orders/read", "Contoso.Shop/*"];
        assert.deepEqual(told(right("a", custom(read), GROUP), right("b", "Storage Blob Data Reader", GROUP)), []);
        assert.deepEqual(told(right("a", custom(all), GROUP), right("b", "Storage Blob Data Reader", GROUP)), []);
        assert.deepEqual(told(right("a", custom(read), GROUP), right("b", custom(all), SUBSCRIPTION)), ["a from b"]);
    });
});
