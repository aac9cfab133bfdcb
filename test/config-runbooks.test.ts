import assert from "node:assert/strict";
import fc from "fast-check";
import { allows, parseCall } from "../access/calls.ts";
import type { WorkloadDeclaration } from "../config/declaration.ts";
import { errorsOf, read, SUBSCRIPTION, withRunbooks, type Written } from "./setup/configuration.ts";

const at = "leastwise:workloads.nightly";
const LAB = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-lab`;

const SHARED = {
    existing: { resourceId: `${LAB}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shared` },
};

const FILES = {
    "Get-Users.ps1": `Connect-MgGraph -Identity
Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/users"
Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/users"
`,
    "Get-Groups.ps1": `Connect-MgGraph -Identity
Get-MgGroup -All
`,
    "Stop-Machines.ps1": `Connect-AzAccount -Identity
Get-AzVM -ResourceGroupName rg-lab | Stop-AzVM -Force
`,
    "Read-Secret.ps1": `Connect-AzAccount -Identity
Get-AzKeyVaultSecret -VaultName kv-lab -Name smtp
Get-AzVM
`,
    "Ask.ps1": `param([string] $Path)
Connect-MgGraph -Identity
Invoke-MgGraphRequest -Method GET -Uri $Path
`,
    "Say.ps1": `param([string] $Path)
Connect-MgGraph -Identity
# leastwise: calls GET /groups
Invoke-MgGraphRequest -Method GET -Uri $Path
`,
    "Me.ps1": `Connect-MgGraph -Identity
Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/me/messages"
`,
    "Team.ps1": `Connect-MgGraph -Identity
Invoke-Team -Way '/groups' -How GET
`,
    "Guess.ps1": `Connect-AzAccount -Identity
Suspend-AzVM -ResourceGroupName rg-lab -Name vm-lab
`,
    "Modules.ps1": `#Requires -Modules @{ ModuleName = "Microsoft.Graph.Users"; ModuleVersion = "2.40.0" }, Contoso.Tools
Connect-AzAccount -Identity
`,
    "Quiet.ps1": "Write-Output 1\n",
    "Password.ps1": `$secret = ConvertTo-SecureString "hush" -AsPlainText -Force
$credential = [pscredential]::new("00000000-0000-0000-0000-000000000000", $secret)
Connect-MgGraph -ClientSecretCredential $credential -TenantId contoso.example
Get-MgGroup -All
`,
};

type File = keyof typeof FILES;

/** A workload of runbooks, each by its file or in full. */
const nightly = (runbooks: readonly (File | object)[], more: object = {}): Written => ({
    workloads: {
        nightly: {
            account: "aa-nightly",
            runbooks: runbooks.map(each => (typeof each === "string" ? { file: each } : each)),
            ...more,
        },
    },
});

const readAll = (written: Written) => withRunbooks(FILES, folder => read(written, folder));

const declared = async (written: Written): Promise<WorkloadDeclaration> => {
    const [workload] = (await readAll(written)).workloads;
    assert.ok(workload);
    return workload;
};

const errors = (written: Written) => withRunbooks(FILES, folder => errorsOf(written, folder));

const warnings = async (written: Written) => (await readAll(written)).warnings;

const permissions = async (written: Written) =>
    (await declared(written)).apis.flatMap(({ permissions: all }) => all.map(({ permission }) => permission));

describe("a runbook that is read", () => {
    it("gets the permissions that its calls need, with the lines that make them", async () => {
        const { apis } = await declared(nightly(["Get-Users.ps1", "Get-Groups.ps1"]));
        assert.deepEqual(
            apis[0]?.permissions.map(({ permission, reason, foundAt }) => [permission, reason, foundAt]),
            [
                ["Group.ReadBasic.All", "Needed for GET /groups, Get-Groups.ps1:2", ["GET /groups, Get-Groups.ps1:2"]],
                [
                    "User.ReadBasic.All",
                    "Needed for GET /users, Get-Users.ps1:2",
                    ["GET /users, Get-Users.ps1:2", "GET /users, Get-Users.ps1:3"],
                ],
            ],
        );
    });

    it("gets what the calls declared beside it need too", async () => {
        const runbook = { file: "Get-Users.ps1", calls: ["POST /users/{id}/sendMail"] };
        assert.deepEqual(await permissions(nightly([runbook])), ["Mail.Send", "User.ReadBasic.All"]);
    });

    it("gets what an annotation names in the place of a request that cannot be told", async () => {
        assert.deepEqual(await permissions(nightly(["Say.ps1"])), ["Group.ReadBasic.All"]);
    });

    it("gets nothing for its source where that is to be left unread", async () => {
        assert.deepEqual(await permissions(nightly([{ file: "Get-Users.ps1", scan: false }])), []);
    });

    it("is followed through commands of one's own that the stack names", async () => {
        const wrappers = JSON.stringify({ "Invoke-Team": { path: "Way", method: "How" } });
        assert.deepEqual(await permissions({ ...nightly(["Team.ps1"]), keys: { wrappers } }), ["Group.ReadBasic.All"]);
    });

    it("gets just its Azure actions, on what it is said to take them on", async () => {
        const { azure } = await declared(nightly([{ file: "Stop-Machines.ps1", scope: { group: "rg-lab" } }]));
        assert.deepEqual(azure, [
            {
                actions: [
                    "Microsoft.Compute/virtualMachines/deallocate/action",
                    "Microsoft.Compute/virtualMachines/read",
                ],
                scope: LAB,
                owned: {},
                reason: "Needed by Stop-Machines.ps1",
                foundAt: [
                    "Microsoft.Compute/virtualMachines/deallocate/action, Stop-Machines.ps1:2",
                    "Microsoft.Compute/virtualMachines/read, Stop-Machines.ps1:2",
                ],
            },
        ]);
    });

    it("gets built-in roles for its actions where asked", async () => {
        const runbook = { file: "Stop-Machines.ps1", scope: { group: "rg-lab" }, builtIn: true };
        const { azure } = await declared(nightly([runbook]));
        assert.ok(azure.length > 0 && azure.every(grant => "role" in grant));
    });

    it("gets on a resource only those of its actions that can be taken there", async () => {
        const vault = `${LAB}/providers/Microsoft.KeyVault/vaults/kv-lab`;
        const { azure } = await declared(nightly([{ file: "Read-Secret.ps1", scope: [vault, { group: "rg-vm" }] }]));
        assert.deepEqual(
            azure.map(({ scope, actions }) => [scope.split("/").at(-1), actions?.map(action => action.split("/")[0])]),
            [
                ["kv-lab", ["Microsoft.KeyVault"]],
                ["rg-vm", ["Microsoft.Compute", "Microsoft.KeyVault"]],
            ],
        );
    });

    it("shares one custom role with another runbook that acts on the same scope", async () => {
        const scope = { group: "rg-lab" };
        const { azure } = await declared(
            nightly([
                { file: "Stop-Machines.ps1", scope },
                { file: "Read-Secret.ps1", scope: LAB.toUpperCase() },
            ]),
        );
        assert.equal(azure.length, 1);
        assert.equal(azure[0]?.reason, "Needed by Stop-Machines.ps1, Read-Secret.ps1");
    });

    it("gets no action again that a declared role allows there", async () => {
        const role = "Virtual Machine Contributor";
        const { azure } = await declared(
            nightly([{ file: "Stop-Machines.ps1", scope: { group: "rg-lab" } }], {
                azure: [{ role, scope: { subscription: SUBSCRIPTION }, reason: "Mends machines too" }],
            }),
        );
        assert.deepEqual(
            azure.map(grant => "role" in grant && grant.role),
            [role],
        );
    });
});

describe("runbooks that run as one existing identity", () => {
    const workload = (account: string, runbooks: readonly object[]) => ({
        group: `rg-${account}`,
        account,
        identity: SHARED,
        runbooks,
    });

    it("are granted once what both of them need", async () => {
        const workloads = {
            a: workload("aa-first", [{ file: "Get-Users.ps1" }]),
            b: workload("aa-second", [{ file: "Get-Users.ps1" }, { file: "Get-Groups.ps1" }]),
        };
        const { workloads: read } = await readAll({ workloads });
        assert.deepEqual(
            read.map(({ apis }) => apis.flatMap(({ permissions: all }) => all.map(({ permission }) => permission))),
            [["User.ReadBasic.All"], ["Group.ReadBasic.All"]],
        );
    });

    it("are granted once what both of them do on one scope", async () => {
        const stop = { file: "Stop-Machines.ps1", scope: { group: "rg-lab" } };
        const workloads = { a: workload("aa-first", [stop]), b: workload("aa-second", [stop]) };
        const { workloads: read } = await readAll({ workloads });
        assert.deepEqual(
            read.map(({ azure }) => azure.length),
            [1, 0],
        );
    });
});

describe("a runbook whose source does not tell what it needs", () => {
    it("is refused with file, line, text and what to write", async () => {
        const [error = "", ...more] = await errors(nightly(["Ask.ps1"]));
        assert.deepEqual(more, []);
        const [before, after] = error.split(/(?<=Path': ).*(?=; say)/);
        assert.equal(before, `${at}.runbooks[0].file: Ask.ps1:3: 'Invoke-MgGraphRequest -Method GET -Uri $Path': `);
        assert.equal(
            after,
            "; say what it calls in a line above it, such as '# leastwise: calls GET /users/{id}', or grant what it needs with a 'reason'",
        );
    });

    for (const [title, more] of [
        ["a permission", { graph: [{ permission: "Group.Read.All", reason: "The caller names the group" }] }],
        ["a role", { azure: [{ role: "Reader", scope: LAB, reason: "The caller names the machine" }] }],
    ] as const) {
        it(`is taken with a warning where ${title} is granted with a reason`, async () => {
            assert.match((await warnings(nightly(["Ask.ps1"], more)))[0] ?? "", /^Ask\.ps1:3: .*; taken to be allowed/);
        });
    }

    it("is refused for a cmdlet whose action would be none that Azure is known to have", async () => {
        assert.match(
            (await errors(nightly([{ file: "Guess.ps1", scope: { group: "rg-lab" } }])))[0] ?? "",
            /Guess\.ps1:2: 'Suspend-AzVM': by its name it takes the action 'Microsoft\.Compute\/virtualMachines\/suspend\/action', which Azure is not known to have; say/,
        );
    });

    it("is not spoken for by a permission without a reason of its own", async () => {
        const [first] = await errors(nightly(["Ask.ps1"], { graph: ["Group.Read.All"], reason: "Reports" }));
        assert.match(first ?? "", /Ask\.ps1:3/);
    });

    it("is spoken for by the calls that are declared of it", async () => {
        assert.deepEqual(await permissions(nightly([{ file: "Ask.ps1", calls: ["GET /groups"] }])), [
            "Group.ReadBasic.All",
        ]);
    });

    it("is refused for Azure actions that nothing says the place of", async () => {
        assert.deepEqual(await errors(nightly(["Stop-Machines.ps1"])), [
            `${at}.runbooks[0]: takes Azure actions that nothing grants: Microsoft.Compute/virtualMachines/deallocate/action (Stop-Machines.ps1:2), Microsoft.Compute/virtualMachines/read (Stop-Machines.ps1:2); say what they are taken on, such as 'scope: { group: rg-lab }', or grant them under 'azure'`,
        ]);
    });

    it("is refused for Azure actions that cannot be taken on its scope", async () => {
        const scope = `${LAB}/providers/Microsoft.KeyVault/vaults/kv-lab`;
        assert.match((await errors(nightly([{ file: "Read-Secret.ps1", scope }])))[0] ?? "", /virtualMachines\/read/);
    });

    for (const [title, runbook, error] of [
        [
            "an unknown workload as its scope",
            { scope: { workload: "nigthly" } },
            "scope: unknown workload 'nigthly'; did you mean 'nightly'?",
        ],
        ["a list of scopes that names none", { scope: [] }, "scope: is empty; expected at least one"],
        [
            "built-in roles on no scope",
            { builtIn: true },
            "builtIn: stands without 'scope', and is for the actions that are taken there",
        ],
    ] as const) {
        it(`is refused for ${title}, be it read or not`, async () => {
            for (const scan of [true, false]) {
                const found = await errors(nightly([{ file: "Quiet.ps1", scan, ...runbook }]));
                assert.deepEqual(found, [`${at}.runbooks[0].${error}`]);
            }
        });
    }

    it("is refused for a call that no permission allows an identity", async () => {
        assert.match(
            (await errors(nightly(["Me.ps1"])))[0] ?? "",
            /^leastwise:workloads\.nightly\.runbooks: Me\.ps1:2: 'GET \/me\/messages': .*; grant what it needs with a 'reason'$/,
        );
    });
});

describe("a list of permissions held against the runbooks", () => {
    it("is refused for what it lacks", async () => {
        assert.deepEqual(
            await errors(nightly(["Get-Users.ps1", "Get-Groups.ps1"], { graph: ["User.ReadBasic.All"] })),
            [
                `${at}.graph: lacks 'Group.ReadBasic.All', needed for GET /groups, Get-Groups.ps1:2; add it, or leave the list out to have it worked out`,
            ],
        );
    });

    it("is warned of what no call uses, and of what opens more than need be", async () => {
        assert.deepEqual(await warnings(nightly(["Get-Users.ps1"], { graph: ["User.Read.All", "Mail.Send"] })), [
            `${at}.graph[1]: permission 'Mail.Send' is used by no call of the runbooks; take it out, or say why it is there with a 'reason'`,
            `${at}.graph[0]: permission 'User.Read.All' opens more than the calls need; 'User.ReadBasic.All' would do; declare that instead, or say why it is there with a 'reason'`,
        ]);
    });

    it("is refused for what no call uses where the stack wants that, and taken in silence where it wants that", async () => {
        const written = nightly(["Quiet.ps1"], { graph: ["Mail.Send"] });
        const found = await errors({ ...written, keys: { unusedGrants: "error" } });
        assert.deepEqual(
            found.map(line => line.slice(0, line.indexOf(": "))),
            [`${at}.graph[0]`],
        );
        assert.deepEqual(await warnings({ ...written, keys: { unusedGrants: "allow" } }), []);
    });

    it("leaves what says why it is there, and has the rest worked out", async () => {
        const graph = [{ permission: "Mail.Send", reason: "A module sends the report" }];
        const written = nightly(["Get-Users.ps1"], { graph });
        assert.deepEqual(await permissions(written), ["Mail.Send", "User.ReadBasic.All"]);
        assert.deepEqual(await warnings(written), []);
    });

    it("adds nothing for calls that a permission with a reason allows", async () => {
        const graph = [{ permission: "User.Read.All", reason: "A module reads managers" }];
        assert.deepEqual(await permissions(nightly(["Get-Users.ps1"], { graph })), ["User.Read.All"]);
    });

    it("says for a declared permission too where it is used", async () => {
        const { apis } = await declared(nightly(["Get-Users.ps1"], { graph: ["User.ReadBasic.All"] }));
        assert.deepEqual(apis[0]?.permissions[0]?.foundAt?.[0], "GET /users, Get-Users.ps1:2");
    });

    it("is not held against runbooks that do not tell all that uses it", async () => {
        for (const more of [
            { functionApp: "func-nightly", identity: "user-assigned" },
            { runbooks: [{ file: "Quiet.ps1" }, { file: "Ask.ps1", scan: false }] },
            { identity: SHARED },
        ]) {
            assert.deepEqual(await warnings(nightly(["Quiet.ps1"], { graph: ["Mail.Send"], ...more })), []);
        }
    });
});

describe("Azure roles held against the runbooks", () => {
    const stop = { file: "Stop-Machines.ps1", scope: { group: "rg-lab" } };

    it("are warned of when no action uses them, or a smaller one would do", async () => {
        const azure = [
            { role: "Website Contributor", scope: LAB },
            { role: "Contributor", scope: LAB },
        ];
        const found = await warnings(nightly([stop], { azure }));
        assert.deepEqual(
            found.map(line => line.replace(/would do.*/, "would do").replace(/; '.*' would/, "; X would")),
            [
                `${at}.azure[0]: role 'Website Contributor' is used by no action of the runbooks; take it out, or say why it is there with a 'reason'`,
                `${at}.azure[1]: role 'Contributor' opens more than the actions need; X would do`,
            ],
        );
    });

    it("are warned of an action in a list that no runbook takes", async () => {
        const actions = [
            "Microsoft.Compute/virtualMachines/read",
            "Microsoft.Compute/virtualMachines/deallocate/action",
            "Microsoft.Compute/virtualMachines/delete",
        ];
        assert.deepEqual(await warnings(nightly(["Stop-Machines.ps1"], { azure: [{ actions, scope: LAB }] })), [
            `${at}.azure[0]: action 'Microsoft.Compute/virtualMachines/delete' is taken by no runbook; take it out, or say why it is there with a 'reason'`,
        ]);
    });

    it("are refused when a list of actions lacks one that is taken on the same scope", async () => {
        const azure = [{ actions: ["Microsoft.Compute/virtualMachines/read"], scope: LAB }];
        assert.deepEqual(await errors(nightly([stop], { azure })), [
            `${at}.azure[0]: lacks Microsoft.Compute/virtualMachines/deallocate/action, Stop-Machines.ps1:2; add it, or leave the list out to have it worked out`,
        ]);
    });
});

describe("the PowerShell modules of an account", () => {
    const packages = async (written: Written) => (await declared(written)).account?.runtime.packages;

    it("are those that its runbooks use", async () => {
        assert.deepEqual(await packages(nightly(["Get-Users.ps1"])), { "Microsoft.Graph.Authentication": "2.32.0" });
        assert.deepEqual(await packages(nightly(["Quiet.ps1"])), {});
    });

    it("are of one release of Az where a runbook uses more of it than the sign-in", async () => {
        assert.deepEqual(await packages(nightly([{ file: "Stop-Machines.ps1", scope: LAB }])), {
            "Az.Accounts": "5.5.1",
            "Az.Compute": "11.7.0",
        });
    });

    it("come after those that they build on", async () => {
        assert.deepEqual(Object.keys((await packages(nightly(["Get-Groups.ps1"]))) ?? {}), [
            "Microsoft.Graph.Authentication",
            "Microsoft.Graph.Groups",
        ]);
    });

    it("are as new as a runbook asks for, and named where no version of one is known", async () => {
        const written = nightly(["Modules.ps1", "Get-Users.ps1"]);
        assert.deepEqual(await packages(written), {
            "Az.Accounts": "5.3.0",
            "Microsoft.Graph.Authentication": "2.32.0",
            "Microsoft.Graph.Users": "2.40.0",
        });
        assert.deepEqual(await warnings(written), [
            `${at}.account: no version of module 'Contoso.Tools' is known (Modules.ps1: asked for by #Requires); name one under 'runtime.packages' if it is not in the account already`,
        ]);
    });

    it("are as declared, and warned of when they lack one that is used", async () => {
        const account = { name: "aa-nightly", runtime: { packages: { "Az.Accounts": "5.1.0" } } };
        assert.deepEqual(await packages(nightly(["Get-Users.ps1"], { account })), { "Az.Accounts": "5.1.0" });
        assert.deepEqual(await warnings(nightly(["Get-Users.ps1"], { account })), [
            `${at}.account.runtime.packages: lacks module 'Microsoft.Graph.Authentication', which is used (Get-Users.ps1: Invoke-MgGraphRequest at line 2)`,
        ]);
    });
});

describe("any runbook", () => {
    const PATHS = [
        "/users",
        "/groups",
        "/devices",
        "/users/{id}/messages",
        "/sites",
        "/applications",
        "/auditLogs/signIns",
    ];
    const paths = fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1 });
    const script = (all: readonly string[]): string =>
        all
            .map(
                path => `Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0${path.replace("{id}", "$id")}"\n`,
            )
            .join("");

    it("gets permissions that allow all that it calls, none of which could be taken away", async () => {
        const property = fc.asyncProperty(paths, async called => {
            const granted = await withRunbooks({ "Any.ps1": script(called) }, async folder => {
                const { workloads } = await read(nightly([{ file: "Any.ps1" }]), folder);
                return workloads[0]?.apis[0]?.permissions.map(({ permission }) => permission) ?? [];
            });
            const isMet = (permissions: readonly string[]): boolean =>
                called.every(path => allows(new Set(permissions), parseCall(`GET ${path}`)));
            assert.ok(isMet(granted), granted.join());
            for (const name of granted) assert.ok(!isMet(granted.filter(other => other !== name)), `without ${name}`);
        });
        await fc.assert(property, { numRuns: 25 });
    }).timeout(60_000);

    it("is content with the list that would be worked out for it", async () => {
        const property = fc.asyncProperty(paths, called =>
            withRunbooks({ "Any.ps1": script(called) }, async folder => {
                const { workloads } = await read(nightly([{ file: "Any.ps1" }]), folder);
                const graph = workloads[0]?.apis[0]?.permissions.map(({ permission }) => permission);
                const keys = { unusedGrants: "error" };
                assert.deepEqual(await errorsOf({ ...nightly([{ file: "Any.ps1" }], { graph }), keys }, folder), []);
            }),
        );
        await fc.assert(property, { numRuns: 25 });
    }).timeout(60_000);
});

describe("what else a runbook tells", () => {
    it("is warned of: a sign-in by a secret", async () => {
        assert.match((await warnings(nightly(["Password.ps1"]))).join("\n"), /Password\.ps1:\d+: .*secret/);
    });

    it("is warned of: a scope that no action of it is taken on", async () => {
        assert.deepEqual(await warnings(nightly([{ file: "Get-Users.ps1", scope: LAB }])), [
            `${at}.runbooks[0].scope: has no effect: no Azure action of the runbook is known`,
        ]);
    });

    it("is warned of: runbooks of one account that need unlike permissions", async () => {
        assert.match((await warnings(nightly(["Get-Users.ps1", "Get-Groups.ps1"])))[0] ?? "", /have unlike needs/);
        assert.deepEqual(
            await warnings(nightly(["Get-Users.ps1", "Get-Users.ps1"].map((file, n) => ({ file, name: `A${n}` })))),
            [],
        );
    });
});
