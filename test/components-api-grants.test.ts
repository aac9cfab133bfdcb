import assert from "node:assert/strict";
import { ApiGrants, ManagedIdentity, type WiredApiGrant } from "../components/index.ts";
import { GRAPH_OBJECT_ID, LOOK_UP, ofType, record, UNKNOWN } from "./setup/mock-engine.ts";

const USER_READ_ALL = "df021288-bdef-4463-88db-98f22de89214";
const GROUP_READ_ALL = "5b567255-7703-4780-807c-7be8301ae99b";
const ORDERS_READ = "77777777-aaaa-4aaa-8aaa-777777777777";
const OWN_API = "88888888-aaaa-4aaa-8aaa-888888888888";

describe("ApiGrants", () => {
    it("makes one app role assignment for each permission and nothing else", async () => {
        const made = await record(
            () => new ApiGrants("reader", { principalId: "p", permissions: ["User.Read.All", "Group.Read.All"] }),
            { answers: LOOK_UP },
        );
        assert.deepEqual(made.asked, [
            { type: "leastwise:index:ApiGrants", name: "reader", inputs: {} },
            {
                type: "azuread:index/appRoleAssignment:AppRoleAssignment",
                name: "reader-User.Read.All",
                inputs: { appRoleId: USER_READ_ALL, principalObjectId: "p", resourceObjectId: GRAPH_OBJECT_ID },
            },
            {
                type: "azuread:index/appRoleAssignment:AppRoleAssignment",
                name: "reader-Group.Read.All",
                inputs: { appRoleId: GROUP_READ_ALL, principalObjectId: "p", resourceObjectId: GRAPH_OBJECT_ID },
            },
        ]);
    });

    it("makes the grants of one principal one after another", async () => {
        const permissions = ["User.Read.All", "Group.Read.All", "Mail.Send", "Sites.Selected"];
        const made = await record(() => new ApiGrants("reader", { principalId: "p", permissions }), {
            answers: LOOK_UP,
        });
        assert.equal(made.atOnce["azuread:index/appRoleAssignment:AppRoleAssignment"], 1);
    });

    it("looks the API's service principal up once for all components of a program and owns none", async () => {
        const made = await record(
            () => {
                for (const name of ["a", "b", "c"])
                    new ApiGrants(name, { principalId: name, permissions: ["Mail.Send"] });
            },
            { answers: LOOK_UP },
        );
        assert.deepEqual(made.calls, ["azuread:index/getServicePrincipal:getServicePrincipal"]);
        assert.deepEqual(ofType(made, "ServicePrincipal"), []);
    });

    it("knows app role and API at preview, where only the principal of a new identity is unknown", async () => {
        const made = await record(
            () => {
                const { principalId } = new ManagedIdentity("i", { userAssigned: { resourceGroupName: "rg" } });
                new ApiGrants("reader", { principalId, permissions: ["User.Read.All"] });
            },
            { preview: true, answers: LOOK_UP },
        );
        assert.deepEqual(
            ofType(made, "AppRoleAssignment").map(({ inputs }) => inputs),
            [{ appRoleId: USER_READ_ALL, principalObjectId: UNKNOWN, resourceObjectId: GRAPH_OBJECT_ID }],
        );
    });

    it("finds the app role of an API that is not Microsoft's in its service principal", async () => {
        const made = await record(
            () => new ApiGrants("reader", { principalId: "p", api: OWN_API, permissions: ["Orders.Read"] }),
            { answers: LOOK_UP },
        );
        assert.deepEqual(
            ofType(made, "AppRoleAssignment").map(({ inputs }) => inputs["appRoleId"]),
            [ORDERS_READ],
        );
    });

    it("grants on an API that the program makes without looking it up", async () => {
        const api = { name: "Orders", appId: OWN_API, objectId: "orders-sp" };
        const made = await record(
            () =>
                new ApiGrants("reader", {
                    principalId: "p",
                    api,
                    permissions: [{ permission: "Orders.Read", appRoleId: ORDERS_READ }],
                }),
        );
        assert.deepEqual(made.calls, []);
        assert.deepEqual(
            ofType(made, "AppRoleAssignment").map(({ inputs }) => inputs),
            [{ appRoleId: ORDERS_READ, principalObjectId: "p", resourceObjectId: "orders-sp" }],
        );
    });

    it("describes each grant with its API, tier, reason and owner", async () => {
        let grants: readonly WiredApiGrant[] = [];
        const permissions = [{ permission: "user.read.all", reason: "Reports", owner: "ops" }];
        await record(
            () => ({ grants } = new ApiGrants("reader", { principalId: "p", identity: "nightly", permissions })),
            {
                answers: LOOK_UP,
            },
        );
        assert.deepEqual(grants, [
            {
                kind: "api",
                identity: "nightly",
                appId: "00000003-0000-0000-c000-000000000000",
                apiName: "Microsoft Graph",
                permission: "User.Read.All",
                appRoleId: USER_READ_ALL,
                tier: grants[0]?.tier,
                reason: "Reports",
                owner: "ops",
            },
        ]);
    });

    const refused = (title: string, make: () => unknown, message: string): void => {
        it(title, async () => {
            const made = await record(() => assert.throws(make, { message }), { answers: LOOK_UP });
            assert.deepEqual(ofType(made, "AppRoleAssignment"), []);
        });
    };

    refused(
        "refuses an unknown permission with its nearest match, before any resource",
        () => new ApiGrants("reader", { principalId: "p", permissions: ["Mail.Send", "User.Reed.All"] }),
        "unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?",
    );
    refused(
        "refuses a permission that exists only as a delegated one",
        () => new ApiGrants("reader", { principalId: "p", permissions: ["User.Read"] }),
        "permission 'User.Read' exists only as a delegated permission; a managed identity needs an application permission",
    );
    refused(
        "refuses an own tier for a permission whose tier is known",
        () => new ApiGrants("reader", { principalId: "p", permissions: [{ permission: "Mail.Send", tier: 2 }] }),
        "'tier' is for an API that is not Microsoft's; 'Mail.Send' of Microsoft Graph is known",
    );
    refused(
        "refuses a name without an id on an API that the program makes",
        () =>
            new ApiGrants("r", {
                principalId: "p",
                api: { name: "Orders", appId: OWN_API, objectId: "o" },
                permissions: ["Orders.Read"],
            }),
        "permission 'Orders.Read' on Orders needs its 'appRoleId', as the API is made by the program",
    );
});
