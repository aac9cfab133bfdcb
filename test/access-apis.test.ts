import assert from "node:assert/strict";
import { MICROSOFT_GRAPH, apis, appRoles, findApi, findAppRole, isResourceSpecific } from "../access/apis.ts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("findApi", () => {
    it("finds an API by name in any case, and by application id", () => {
        assert.equal(findApi("microsoft graph").appId, MICROSOFT_GRAPH);
        assert.equal(findApi("00000003-0000-0000-C000-000000000000").name, "Microsoft Graph");
        assert.equal(findApi("WindowsDefenderATP").appId, "fc780465-2017-40d4-a0c5-307022471b92");
    });

    it("takes an application id it does not know for an API of its own", () => {
        const id = "7f1a4a86-0000-4000-8000-000000000001";
        assert.deepEqual(findApi(id), { appId: id, name: id });
        assert.deepEqual(appRoles(id), []);
    });

    it("refuses an unknown name with the nearest one", () => {
        assert.throws(() => findApi("Microsoft Graf"), {
            message: "unknown API 'Microsoft Graf'; did you mean 'Microsoft Graph'?",
        });
    });
});

describe("findAppRole", () => {
    it("finds a permission by name in any case, and by id", () => {
        const byName = findAppRole(MICROSOFT_GRAPH, "user.read.all");
        assert.deepEqual(byName, {
            api: { appId: MICROSOFT_GRAPH, name: "Microsoft Graph" },
            id: "df021288-bdef-4463-88db-98f22de89214",
            name: "User.Read.All",
            tier: 2,
            state: "enabled",
        });
        assert.equal(findAppRole(MICROSOFT_GRAPH, byName.id.toUpperCase()), byName);
    });

    it("takes the id that the service principal has where the provisioning table has another", () => {
        assert.equal(
            findAppRole(MICROSOFT_GRAPH, "AgentIdUser.ReadWrite.IdentityParentedBy").id,
            "4aa6e624-eee0-40ab-bdd8-f9639038a614",
        );
    });

    const refused: readonly [name: string, message: string][] = [
        ["User.Reed.All", "unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?"],
        ["Xyzzy", "unknown permission 'Xyzzy' on Microsoft Graph"],
        [
            "Directory.AccessAsUser.All",
            "permission 'Directory.AccessAsUser.All' exists only as a delegated permission; a managed identity needs an application permission",
        ],
        [
            "ChannelSettings.Read.Group",
            "permission 'ChannelSettings.Read.Group' is given per team, chat or user by resource-specific consent; a managed identity cannot be granted it",
        ],
        [
            "dc50a0fb-09a3-484d-be87-e023b12c6440",
            "app role id 'dc50a0fb-09a3-484d-be87-e023b12c6440' belongs to API 'Office 365 Exchange Online', not to 'Microsoft Graph'",
        ],
        [
            "11111111-2222-3333-4444-555555555555",
            "unknown app role id '11111111-2222-3333-4444-555555555555' on Microsoft Graph",
        ],
    ];
    for (const [name, message] of refused)
        it(`refuses '${name}' on Microsoft Graph`, () => {
            assert.throws(() => findAppRole(MICROSOFT_GRAPH, name), { message });
        });
});

describe("the app role table", () => {
    for (const api of apis())
        it(`has unique GUIDs, names and a tier for ${api.name}`, () => {
            const roles = appRoles(api.appId);
            assert.ok(roles.length > 0);
            assert.equal(new Set(roles.map(({ id }) => id)).size, roles.length);
            assert.equal(new Set(roles.map(({ name }) => name.toLowerCase())).size, roles.length);
            for (const { id, name, tier } of roles) {
                assert.match(id, GUID);
                assert.match(name, /^[\w.-]+$/);
                assert.ok([0, 1, 2].includes(tier));
            }
        });

    it("keeps permissions for single resources apart from those an identity can be granted", () => {
        assert.equal(isResourceSpecific("TeamMember.Read.Group"), true);
        assert.ok(!appRoles(MICROSOFT_GRAPH).some(({ name }) => isResourceSpecific(name)));
    });
});
