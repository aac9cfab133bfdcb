import assert from "node:assert/strict";
import { errorsOf, read, SUBSCRIPTION, withRunbooks } from "./setup/configuration.ts";

const REPORT = `Connect-MgGraph -Identity
Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0/users"
`;

const FILES = { "runbooks/Get-Report.ps1": REPORT, "runbooks/Stop-Machine.ps1": "\uFEFFWrite-Output 2\n" };

const workload = async (declared: object, name = "nightly") =>
    (await read({ workloads: { [name]: declared } })).workloads[0];

describe("a configuration", () => {
    it("may be as small as an account, a runbook and a schedule", async () => {
        const declared = await withRunbooks(FILES, folder =>
            read(
                {
                    workloads: {
                        nightly: {
                            account: "aa-nightly",
                            runbooks: [{ file: "runbooks/Get-Report.ps1", schedule: "06:00 Europe/Zurich, weekdays" }],
                        },
                    },
                },
                folder,
            ),
        );
        assert.deepEqual(declared, {
            subscription: SUBSCRIPTION,
            groups: [{ name: "nightly", location: "westeurope", tags: {} }],
            workloads: [
                {
                    name: "nightly",
                    group: "nightly",
                    location: "westeurope",
                    tags: {},
                    identity: { kind: "system-assigned" },
                    account: {
                        name: "aa-nightly",
                        existing: false,
                        runtime: { packages: { "Microsoft.Graph.Authentication": "2.32.0" } },
                        variables: {},
                        publicNetworkAccess: false,
                    },
                    runbooks: [
                        {
                            name: "Get-Report",
                            content: REPORT,
                            runs: [{ schedule: "06:00 Europe/Zurich, weekdays", parameters: {} }],
                        },
                    ],
                    apis: [
                        {
                            api: "Microsoft Graph",
                            permissions: [
                                {
                                    permission: "User.ReadBasic.All",
                                    reason: "Needed for GET /users, Get-Report.ps1:2",
                                    calls: ["GET /users"],
                                    foundAt: ["GET /users, Get-Report.ps1:2"],
                                },
                            ],
                        },
                    ],
                    azure: [],
                },
            ],
            warnings: [],
        });
    });

    it("installs the Graph module where no runbook tells and a call on Graph is declared", async () => {
        assert.deepEqual((await workload({ account: "aa-nightly", calls: ["GET /users"] }))?.account?.runtime, {
            packages: { "Az.Accounts": "5.3.0", "Microsoft.Graph.Authentication": "2.32.0" },
        });
        assert.deepEqual((await workload({ account: "aa-nightly" }))?.account?.runtime, {
            packages: { "Az.Accounts": "5.3.0" },
        });
    });

    it("takes the subscription from azure-native's key, then from the environment", async () => {
        const workloads = { nightly: {} };
        const [other, third] = ["bbbbbbbb-0000-4000-8000-bbbbbbbbbbbb", "cccccccc-0000-4000-8000-cccccccccccc"];
        assert.equal(
            (await read({ subscription: "", env: { ARM_SUBSCRIPTION_ID: third }, workloads })).subscription,
            third,
        );
        assert.equal(
            (await read({ subscription: other, env: { ARM_SUBSCRIPTION_ID: third }, workloads })).subscription,
            other,
        );
    });

    it("gives a workload without a resource a user-assigned identity of its name", async () => {
        assert.deepEqual((await workload({}))?.identity, {
            kind: "user-assigned",
            name: "id-nightly",
            federatedCredentials: [],
        });
    });

    it("finds permissions in any case, by id, and on other APIs", async () => {
        const { apis } = (await workload({
            graph: ["user.read.all", "b633e1c5-b582-4048-a93e-9f11b44c7e96"],
            apis: {
                "office 365 exchange online": ["Exchange.ManageAsApp"],
                "88888888-0000-4000-8000-888888888888": ["Orders.Read"],
            },
        })) ?? { apis: [] };
        assert.deepEqual(apis, [
            { api: "Microsoft Graph", permissions: [{ permission: "User.Read.All" }, { permission: "Mail.Send" }] },
            { api: "Office 365 Exchange Online", permissions: [{ permission: "Exchange.ManageAsApp" }] },
            { api: "88888888-0000-4000-8000-888888888888", permissions: [{ permission: "Orders.Read" }] },
        ]);
    });

    it("turns calls into the least permissions, and leaves out those it declares itself", async () => {
        const permissions = async (declared: object) =>
            (await workload(declared))?.apis[0]?.permissions.map(({ permission }) => permission);
        assert.deepEqual(
            (await permissions({ calls: ["GET /groups/{id}/members"], graph: ["Mail.Send"] }))?.slice(0, 1),
            ["Mail.Send"],
        );
        const [solved = ""] = (await permissions({ calls: ["POST /users/{id}/sendMail"] })) ?? [];
        assert.deepEqual(await permissions({ calls: ["POST /users/{id}/sendMail"], graph: [solved] }), [solved]);
    });

    it("says for each permission that a call needs which call that is", async () => {
        const [permission] = (await workload({ calls: ["POST /users/{id}/sendMail"] }))?.apis[0]?.permissions ?? [];
        assert.deepEqual([permission?.permission, permission?.calls], ["Mail.Send", ["POST /users/{id}/sendMail"]]);
        assert.equal(permission?.reason, "Needed for POST /users/{id}/sendMail");
    });

    it("gives a grant its own reason and owner, else the workload's", async () => {
        const declared = await workload({
            reason: "Reports",
            owner: "ops",
            graph: ["Mail.Send", { permission: "User.Read.All", reason: "Reads users" }],
            azure: [{ role: "Reader", scope: { group: "rg-x" }, owner: "lab" }],
        });
        assert.deepEqual(declared?.apis[0]?.permissions, [
            { permission: "Mail.Send", reason: "Reports", owner: "ops" },
            { permission: "User.Read.All", reason: "Reads users", owner: "ops" },
        ]);
        assert.deepEqual([declared.azure[0]?.reason, declared.azure[0]?.owner], ["Reports", "lab"]);
    });

    it("reads a scope as id, group, subscription, or another workload's resource", async () => {
        const { workloads } = await read({
            groups: { "rg-lab": {} },
            workloads: {
                nightly: {
                    azure: [
                        {
                            role: "Reader",
                            scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/RG-LAB/providers/Microsoft.Compute/virtualMachines/vm`,
                        },
                        { roleId: "acdd72a7-3385-48ef-bd42-f606fba81ae7", scope: { group: "rg-elsewhere" } },
                        { role: "Reader", scope: { subscription: SUBSCRIPTION } },
                        { role: "Website Contributor", scope: { workload: "mailer" } },
                    ],
                },
                mailer: { group: "rg-mailer", functionApp: "func-mailer" },
            },
        });
        assert.deepEqual(
            workloads[0]?.azure.map(grant => [
                "role" in grant && grant.role,
                grant.scope.replace(SUBSCRIPTION, "S"),
                grant.owned,
            ]),
            [
                [
                    "Reader",
                    "/subscriptions/S/resourceGroups/RG-LAB/providers/Microsoft.Compute/virtualMachines/vm",
                    { group: "rg-lab" },
                ],
                ["Reader", "/subscriptions/S/resourceGroups/rg-elsewhere", {}],
                ["Reader", "/subscriptions/S", {}],
                [
                    "Website Contributor",
                    "/subscriptions/S/resourceGroups/rg-mailer/providers/Microsoft.Web/sites/func-mailer",
                    { workload: "mailer" },
                ],
            ],
        );
    });

    it("spells actions as Azure does, and covers them by built-in roles only where asked", async () => {
        const actions = ["microsoft.compute/virtualmachines/deallocate/action"];
        const azure = async (more: object) =>
            (await workload({ azure: [{ actions, scope: { group: "rg-x" }, ...more }] }))?.azure;
        assert.deepEqual(
            (await azure({}))?.map(grant => ["role" in grant, grant.actions]),
            [[false, ["Microsoft.Compute/virtualMachines/deallocate/action"]]],
        );
        assert.deepEqual(
            (await azure({ builtIn: true }))?.every(grant => "role" in grant),
            true,
        );
    });

    it("makes a group once for all workloads that share it, with the tags they share", async () => {
        const { groups } = await read({
            location: "West Europe",
            workloads: {
                a: { group: "rg", tags: { env: "live", team: "a" } },
                b: { group: "RG", tags: { env: "live", team: "b" } },
                c: { existingGroup: "rg-old" },
            },
        });
        assert.deepEqual(groups, [{ name: "rg", location: "westeurope", tags: { env: "live" } }]);
    });

    it("lets two workloads write to one existing account under names that differ", async () => {
        const account = (runtime: string) => ({ name: "aa-shared", existing: true, runtime: { name: runtime } });
        const workloads = {
            a: { existingGroup: "rg", account: account("PowerShell-a") },
            b: { existingGroup: "rg", account: account("PowerShell-b") },
        };
        assert.deepEqual(await errorsOf({ workloads }), []);
    });

    it("takes a variable's secret from a configuration key of its own", async () => {
        const workloads = {
            nightly: { account: { name: "aa-nightly", variables: { Password: { secret: "smtp" }, Host: "mail" } } },
        };
        const { workloads: declared } = await read({ workloads, keys: { smtp: "hush" }, secrets: ["leastwise:smtp"] });
        assert.deepEqual(declared[0]?.account?.variables, { Password: { secret: "smtp" }, Host: "mail" });
        assert.equal(JSON.stringify(declared).includes("hush"), false);
    });

    it("warns when runbooks of one account need different calls", async () => {
        const runbooks = [
            { file: "runbooks/Get-Report.ps1", calls: ["GET /users"] },
            { file: "runbooks/Stop-Machine.ps1", calls: ["GET /groups"] },
        ];
        const { warnings } = await withRunbooks(FILES, folder =>
            read({ workloads: { nightly: { account: "aa-nightly", runbooks } } }, folder),
        );
        assert.deepEqual(warnings, [
            "workload 'nightly': its runbooks have unlike needs, and each can use what the account 'aa-nightly' may do; an account each would part them",
        ]);
    });
});
