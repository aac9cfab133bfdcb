import assert from "node:assert/strict";
import fc from "fast-check";
import { errorsOf, SUBSCRIPTION, withRunbooks, type Written } from "./setup/configuration.ts";

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-x`;
const at = "leastwise:workloads.nightly";

/** One workload named nightly, with a user-assigned identity so that it stands alone. */
const nightly = (workload: object): Written => ({ workloads: { nightly: workload } });

const TABLE: readonly (readonly [title: string, written: Written, errors: readonly string[]])[] = [
    [
        "an unknown permission, with its nearest match",
        nightly({ graph: ["User.Reed.All"] }),
        [`${at}.graph[0]: unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?`],
    ],
    [
        "a permission that exists only as a delegated one",
        nightly({ graph: [{ permission: "User.Read" }] }),
        [
            `${at}.graph[0]: permission 'User.Read' exists only as a delegated permission; a managed identity needs an application permission`,
        ],
    ],
    [
        "an app role id of another API",
        nightly({ graph: ["dc50a0fb-09a3-484d-be87-e023b12c6440"] }),
        [
            `${at}.graph[0]: app role id 'dc50a0fb-09a3-484d-be87-e023b12c6440' belongs to API 'Office 365 Exchange Online', not to 'Microsoft Graph'`,
        ],
    ],
    [
        "an app role id of no API",
        nightly({ graph: ["12345678-0000-4000-8000-000000000000"] }),
        [`${at}.graph[0]: unknown app role id '12345678-0000-4000-8000-000000000000' on Microsoft Graph`],
    ],
    [
        "an unknown API",
        nightly({ apis: { "Office 365 Exchange Onlin": ["Exchange.ManageAsApp"] } }),
        [
            `${at}.apis["Office 365 Exchange Onlin"]: unknown API 'Office 365 Exchange Onlin'; did you mean 'Office 365 Exchange Online'?`,
        ],
    ],
    [
        "Microsoft Graph under 'apis'",
        nightly({ apis: { "Microsoft Graph": ["Mail.Send"] } }),
        [`${at}.apis["Microsoft Graph"]: is Microsoft Graph; declare its permissions under 'graph'`],
    ],
    [
        "a permission declared twice",
        nightly({ graph: ["Mail.Send", "mail.send"] }),
        [`${at}.graph[1]: permission 'Mail.Send' is declared twice`],
    ],
    [
        "a call that Graph does not have",
        nightly({ calls: ["GET /users", "FETCH /users"] }),
        [
            `${at}.calls[1]: unknown method 'FETCH' in call 'FETCH /users'; expected GET, POST, PUT, PATCH, DELETE; did you mean 'PATCH'?`,
        ],
    ],
    [
        "an unknown role, with its nearest match",
        nightly({ azure: [{ role: "Readr", scope: GROUP }] }),
        [`${at}.azure[0]: unknown Azure role 'Readr'; did you mean 'Reader'?`],
    ],
    [
        "an id of no role",
        nightly({ azure: [{ roleId: "12345678-0000-4000-8000-000000000000", scope: GROUP }] }),
        [`${at}.azure[0]: unknown Azure role '12345678-0000-4000-8000-000000000000'`],
    ],
    [
        "two ways to say which role",
        nightly({ azure: [{ role: "Reader", actions: ["Microsoft.Compute/virtualMachines/read"], scope: GROUP }] }),
        [`${at}.azure[0]: expected one of role, roleId, actions, got role and actions`],
    ],
    [
        "an unknown action, with its nearest match",
        nightly({ azure: [{ actions: ["Microsoft.Compute/virtualMachines/dealocate/action"], scope: GROUP }] }),
        [
            `${at}.azure[0]: unknown Azure action 'Microsoft.Compute/virtualMachines/dealocate/action'; did you mean 'Microsoft.Compute/virtualMachines/deallocate/action'?`,
        ],
    ],
    [
        "a scope that is no resource id",
        nightly({ azure: [{ role: "Reader", scope: "resourceGroups/rg-x" }] }),
        [
            `${at}.azure[0].scope: 'resourceGroups/rg-x' is not an Azure scope; expected '/', '/providers/Microsoft.Management/managementGroups/{name}', '/subscriptions/{id}', '/subscriptions/{id}/resourceGroups/{name}' or the id of a resource`,
        ],
    ],
    [
        "a scope on an unknown workload, with its nearest match",
        nightly({ azure: [{ role: "Reader", scope: { workload: "nigthly" } }] }),
        [`${at}.azure[0].scope: unknown workload 'nigthly'; did you mean 'nightly'?`],
    ],
    [
        "a scope on a workload without a resource",
        nightly({ azure: [{ role: "Reader", scope: { workload: "nightly" } }] }),
        [`${at}.azure[0].scope: workload 'nightly' has no account or Function App that a role could be assigned on`],
    ],
    [
        "a role declared twice on one scope",
        nightly({
            azure: [
                { role: "Reader", scope: GROUP },
                { role: "reader", scope: { group: "RG-X" } },
            ],
        }),
        [`${at}.azure[1]: role Reader on ${GROUP.toLowerCase()} is declared twice`],
    ],
    [
        "a misspelled key of a workload, with its nearest match",
        nightly({ runboks: [] }),
        [`${at}.runboks: unknown key; did you mean 'runbooks'?`],
    ],
    [
        "a misspelled key deep in a workload",
        nightly({ azure: [{ role: "Reader", scop: GROUP }] }),
        [
            `${at}.azure[0].scope: is missing; expected text or an object of group, subscription, workload`,
            `${at}.azure[0].scop: unknown key; did you mean 'scope'?`,
        ],
    ],
    [
        "a misspelled key in one of several forms",
        nightly({ identity: { userAssigned: { nmae: "id-a" } } }),
        [`${at}.identity.userAssigned.nmae: unknown key; did you mean 'name'?`],
    ],
    [
        "a misspelled key of the stack",
        { keys: { worklods: "{}" } },
        ["leastwise:worklods: unknown key; did you mean 'workloads'?"],
    ],
    [
        "a number where text belongs",
        nightly({ account: 7 }),
        [
            `${at}.account: got '7'; expected text or an object of name, existing, runtime, variables, publicNetworkAccess`,
        ],
    ],
    [
        "no workload at all",
        { groups: { "rg-lab": {} } },
        ["leastwise:workloads: holds no workload, so there is nothing to deploy; expected at least one, by name"],
    ],
    [
        "an unknown word for what becomes of unused grants",
        { ...nightly({}), keys: { unusedGrants: "eror" } },
        ["leastwise:unusedGrants: got 'eror'; expected error or warning or allow; did you mean 'error'?"],
    ],
    [
        "a wrapper of an unknown API",
        { ...nightly({}), keys: { wrappers: JSON.stringify({ "Invoke-Team": { api: "grph" } }) } },
        ["leastwise:wrappers.Invoke-Team.api: got 'grph'; expected graph or arm"],
    ],
    [
        "a list where an object belongs",
        { workloads: [] },
        ["leastwise:workloads: got []; expected an object, a name each"],
    ],
    [
        "a name that Azure does not take",
        nightly({ account: "1" }),
        [
            `${at}.account: '1' is no name for an Automation account; expected 6 to 50 letters, digits or -, first a letter`,
        ],
    ],
    [
        "a name of a workload that resource names cannot hold",
        { workloads: { "night run": {} } },
        [
            `leastwise:workloads["night run"]: 'night run' is no name for a workload; expected 1 to 63 letters, digits or -, first a letter`,
        ],
    ],
    [
        "an identity of an unknown kind",
        nightly({ identity: "system" }),
        [`${at}.identity: got 'system'; expected system-assigned or user-assigned`],
    ],
    [
        "a system-assigned identity of nothing",
        nightly({ identity: "system-assigned" }),
        [
            `${at}.identity: a system-assigned identity needs a resource; expected an account or a functionApp, or 'user-assigned'`,
        ],
    ],
    [
        "one system-assigned identity for two resources",
        nightly({ account: "aa-nightly", functionApp: "func-nightly" }),
        [
            `${at}.identity: an account and a functionApp have a system-assigned identity each; expected one of the two, or 'user-assigned'`,
        ],
    ],
    [
        "two names of an existing identity",
        nightly({ identity: { existing: { principalId: SUBSCRIPTION, enterpriseApplication: "a" } } }),
        [
            `${at}.identity: expected one of principalId, resourceId, enterpriseApplication, got principalId and enterpriseApplication`,
        ],
    ],
    [
        "an account that is to run as an identity it cannot have",
        nightly({ account: "aa-nightly", identity: { existing: { principalId: SUBSCRIPTION } } }),
        [
            `${at}.identity: an account or a functionApp can only run as an existing identity that is user-assigned, named by its resourceId`,
        ],
    ],
    [
        "an existing account that is to run as a new identity",
        nightly({ account: { name: "aa-nightly", existing: true }, identity: "user-assigned" }),
        [
            `${at}.identity: an existing account is not changed, so it cannot be made to run as a new identity; expected 'system-assigned' or one that it has, under 'existing'`,
        ],
    ],
    [
        "an issuer that is no URL",
        nightly({
            identity: { userAssigned: { federatedCredentials: [{ name: "one", issuer: "github", subject: "s" }] } },
        }),
        [`${at}.identity.userAssigned.federatedCredentials[0].issuer: 'github' is no issuer; expected an https URL`],
    ],
    [
        "a variable whose secret is not set",
        nightly({ account: { name: "aa-nightly", variables: { Password: { secret: "smtp" } } } }),
        [
            `${at}.account.variables.Password.secret: there is no secret 'smtp'; set it with: pulumi config set --secret leastwise:smtp`,
        ],
    ],
    [
        "a subscription that is no id",
        { subscription: "production", ...nightly({}) },
        ["leastwise:subscription: 'production' is no subscription id; expected a GUID"],
    ],
    [
        "no subscription at all",
        { subscription: "", ...nightly({}) },
        [
            "leastwise:subscription: is missing; expected a subscription id here, as azure-native:subscriptionId or in ARM_SUBSCRIPTION_ID",
        ],
    ],
    [
        "no location for a group that is to be made",
        { location: "", workloads: { nightly: {} } },
        [`${at}.location: is missing; expected an Azure location here or as azure-native:location`],
    ],
    [
        "a group that is both new and existing",
        { workloads: { a: { group: "rg-a" }, b: { existingGroup: "RG-A" } } },
        ["leastwise:workloads.b.existingGroup: group 'RG-A' is made by this stack; expected it under 'group'"],
    ],
    [
        "one group in two locations",
        { workloads: { a: { group: "rg" }, b: { group: "rg", location: "northeurope" } } },
        [
            "leastwise:workloads.b.location: group 'rg' is made in another location for workload 'a'; declare it under 'groups'",
        ],
    ],
    [
        "two workloads that make one account",
        { workloads: { a: { group: "rg", account: "aa-shared" }, b: { group: "rg", account: "AA-shared" } } },
        [
            "leastwise:workloads.b.account: Automation account 'AA-shared' is written by workload 'a' already",
            "leastwise:workloads.b.account.runtime.name: runtime environment 'PowerShell-74' of account 'AA-shared' is written by workload 'a' already",
        ],
    ],
    [
        "two workloads that make one Function App",
        { workloads: { a: { group: "rg", functionApp: "func-one" }, b: { group: "rg", functionApp: "func-one" } } },
        ["leastwise:workloads.b.functionApp: Function App 'func-one' is written by workload 'a' already"],
    ],
    [
        "two workloads that make one identity",
        {
            workloads: {
                a: { group: "rg", identity: { userAssigned: { name: "id-one" } } },
                b: { group: "rg", identity: { userAssigned: { name: "id-one" } } },
            },
        },
        ["leastwise:workloads.b.identity: identity 'id-one' is written by workload 'a' already"],
    ],
    [
        "one subject trusted twice by an identity",
        nightly({
            identity: {
                userAssigned: {
                    federatedCredentials: [
                        { name: "one", issuer: "https://a.example", subject: "s" },
                        { name: "two", issuer: "https://a.example", subject: "s" },
                    ],
                },
            },
        }),
        [
            `${at}.identity.userAssigned.federatedCredentials[1]: subject 's' of issuer 'https://a.example' on identity 'id-nightly' is written by workload 'nightly' already`,
        ],
    ],
    [
        "two workloads that grant one identity one permission",
        {
            workloads: {
                a: { identity: { existing: { principalId: SUBSCRIPTION } }, graph: ["Mail.Send"] },
                b: { identity: { existing: { principalId: SUBSCRIPTION } }, graph: ["Mail.Send"] },
            },
        },
        [
            "leastwise:workloads.b: permission 'Mail.Send' on Microsoft Graph for the same identity is written by workload 'a' already",
        ],
    ],
    [
        "a secret inside of the workloads",
        { workloads: {}, secrets: ["leastwise:workloads"] },
        [
            "leastwise:workloads: holds a secret, which would be in plain text in the resources; give the secret a key of its own and name it with 'secret'",
        ],
    ],
    [
        "runbooks without an account",
        nightly({ runbooks: [{ file: "missing.ps1" }] }),
        [
            `${at}.runbooks[0].file: runbook file 'missing.ps1' does not exist; expected a PowerShell file at /tmp/missing.ps1`,
            `${at}.runbooks: need an Automation account; expected 'account'`,
        ],
    ],
];

describe("a bad configuration", () => {
    for (const [title, written, errors] of TABLE) {
        it(`is refused for ${title}`, async () => {
            assert.deepEqual(await errorsOf(written), errors);
        });
    }

    it("gets all of its errors at once", async () => {
        const written = {
            workloads: { a: { graph: ["Nope"] }, b: { runboks: [] }, c: { azure: [{ role: "Readr", scope: "x" }] } },
        };
        assert.deepEqual(
            (await errorsOf(written)).map(line => line.slice(0, line.indexOf(": "))),
            [
                "leastwise:workloads.b.runboks",
                "leastwise:workloads.a.graph[0]",
                "leastwise:workloads.c.azure[0].scope",
                "leastwise:workloads.c.azure[0]",
            ],
        );
    });
});

describe("a workload that fits no schema", () => {
    it("is refused for what is wrong beside that too, each entry of a list at its own place", async () => {
        const graph = [7, "User.Reed.All", { permission: "Mail.Send", raeson: "r" }, "Mail.Sendd"];
        const azure = [
            { role: "Reader", scop: GROUP },
            { role: "Readr", scope: GROUP },
        ];
        assert.deepEqual(await errorsOf(nightly({ runboks: [], graph, azure })), [
            `${at}.graph[0]: got '7'; expected text or an object of permission, appRoleId, tier, reason, owner, adopt`,
            `${at}.graph[2].raeson: unknown key; did you mean 'reason'?`,
            `${at}.azure[0].scope: is missing; expected text or an object of group, subscription, workload`,
            `${at}.azure[0].scop: unknown key; did you mean 'scope'?`,
            `${at}.runboks: unknown key; did you mean 'runbooks'?`,
            `${at}.graph[1]: unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?`,
            `${at}.graph[3]: unknown permission 'Mail.Sendd' on Microsoft Graph; did you mean 'Mail.Send'?`,
            `${at}.azure[1]: unknown Azure role 'Readr'; did you mean 'Reader'?`,
        ]);
    });

    it("is refused for nothing that only follows from what cannot be read of it", async () => {
        const workloads = {
            nightly: { account: 7, identity: "sytem", location: 3, graph: ["User.Reed.All"] },
            release: { azure: [{ role: "Reader", scope: { workload: "nightly" } }] },
            mailer: "func-mailer",
            other: { azure: [{ role: "Reader", scope: { workload: "mailer" } }], graph: ["Nope"] },
        };
        assert.deepEqual(
            (await errorsOf({ workloads, location: "westeurope" })).map(line => line.slice(10, line.indexOf(": "))),
            [
                "workloads.nightly.location",
                "workloads.nightly.identity",
                "workloads.nightly.account",
                "workloads.mailer",
                "workloads.nightly.graph[0]",
                "workloads.other.graph[0]",
            ],
        );
    });

    it("loses an entry of a list without moving those after it, whatever is wrong with which", async () => {
        const entries = fc.array(fc.constantFrom("Mail.Send", "User.Read.All", 7, {}, "Nope", { permission: "Nope" }), {
            maxLength: 8,
        });
        await fc.assert(
            fc.asyncProperty(entries, async graph => {
                const places = (await errorsOf(nightly({ graph }))).map(line => Number(/\[(\d+)\]/.exec(line)?.[1]));
                const isBad = (entry: unknown, n: number): boolean =>
                    typeof entry !== "string" || entry === "Nope" || graph.indexOf(entry) < n;
                const bad = graph.flatMap((entry, n) => (isBad(entry, n) ? [n] : []));
                assert.deepEqual([...new Set(places)].sort(), bad);
            }),
            { numRuns: 50 },
        );
    });
});

describe("a bad runbook", () => {
    const files = {
        "good.ps1": "Write-Output 1",
        "empty.ps1": " \r\n",
        "latin.ps1": Uint8Array.from([0x57, 0xe9, 0x0a]),
        "sub/x.txt": "",
        "9.ps1": "1",
    };
    const runbook = (runbooks: readonly object[]): Promise<string[]> =>
        withRunbooks(files, async folder =>
            (await errorsOf(nightly({ account: "aa-nightly", runbooks }), folder)).map(line =>
                line.replace(folder, "FOLDER"),
            ),
        );

    it("is refused for a file that is missing", async () => {
        assert.deepEqual(await runbook([{ file: "gone.ps1" }]), [
            `${at}.runbooks[0].file: runbook file 'gone.ps1' does not exist; expected a PowerShell file at FOLDER/gone.ps1`,
        ]);
    });

    it("is refused for a file that is a folder", async () => {
        assert.deepEqual(await runbook([{ file: "sub" }]), [
            `${at}.runbooks[0].file: runbook file 'sub' is no file; expected a PowerShell file at FOLDER/sub`,
        ]);
    });

    it("is refused for a file that is empty", async () => {
        assert.deepEqual(await runbook([{ file: "empty.ps1" }]), [
            `${at}.runbooks[0].file: runbook file 'empty.ps1' is empty; expected PowerShell`,
        ]);
    });

    it("is refused for a file that is not UTF-8", async () => {
        assert.deepEqual(await runbook([{ file: "latin.ps1" }]), [
            `${at}.runbooks[0].file: runbook file 'latin.ps1' is not UTF-8; save it as UTF-8`,
        ]);
    });

    it("is refused for a file whose name is no runbook's", async () => {
        assert.deepEqual(await runbook([{ file: "9.ps1" }]), [
            `${at}.runbooks[0].file: '9' is no name for a runbook; give one with 'name': 1 to 63 letters, digits or -_, first a letter`,
        ]);
    });

    it("is refused when another of the account has its name", async () => {
        assert.deepEqual(await runbook([{ file: "good.ps1" }, { file: "good.ps1", name: "GOOD" }]), [
            `${at}.runbooks[1]: runbook 'GOOD' of account 'aa-nightly' is written by workload 'nightly' already`,
        ]);
    });

    it("is refused for a schedule that can never run", async () => {
        assert.deepEqual(
            await runbook([{ file: "good.ps1", schedules: ["31 February 06:00 UTC", "once 2026-01-01 06:00 UTC"] }]),
            [
                `${at}.runbooks[0].schedules[0]: schedule '31 February 06:00 UTC' can never run: February has no day 31`,
                `${at}.runbooks[0].schedules[1]: schedule 'once 2026-01-01 06:00 UTC' can never run: it is past at 2026-03-04T05:06:07.000+00:00`,
            ],
        );
    });

    it("is refused for one schedule in two spellings", async () => {
        assert.deepEqual(
            await runbook([{ file: "good.ps1", schedules: ["06:00 UTC, weekdays", "weekdays at 06:00 UTC"] }]),
            [`${at}.runbooks[0].schedules[1]: schedule 'weekdays at 06:00 UTC' is the same as '06:00 UTC, weekdays'`],
        );
    });

    it("is refused for 'schedule' beside 'schedules'", async () => {
        assert.deepEqual(await runbook([{ file: "good.ps1", schedule: "06:00 UTC", schedules: ["07:00 UTC"] }]), [
            `${at}.runbooks[0].schedules: stands beside 'schedule'; expected one of the two`,
        ]);
    });
});
