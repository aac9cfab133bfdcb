import assert from "node:assert/strict";
import { ACTION_KINDS, findAction, knownActions } from "../access/azure-actions.ts";
import { CLI_COMMANDS, CLI_GROUPS } from "../runbooks/scan/az-cli-table.ts";
import { cliActions, cliCall } from "../runbooks/scan/az-cli.ts";
import { modulesOf } from "../runbooks/scan/modules-needed.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const needs = (source: string): string[] =>
    modulesOf(scanRunbook(source, { path: "any.ps1" })).map(
        ({ name, minimum, why }) => `${name}${minimum === undefined ? "" : ` ${minimum}`}: ${why}`,
    );

before(loadGrammar);

describe("the modules a runbook needs", () => {
    it("are those of its cmdlets, each with its first use", () => {
        assert.deepEqual(needs("Connect-AzAccount -Identity\nGet-AzVM\nGet-AzVM\nGet-AzKeyVaultSecret -Name a"), [
            "Az.Accounts: Connect-AzAccount at line 1",
            "Az.Compute: Get-AzVM at line 2",
            "Az.KeyVault: Get-AzKeyVaultSecret at line 4",
        ]);
        assert.deepEqual(needs("Get-MgUser -All\nGet-MgBetaDevice\nInvoke-MgGraphRequest -Uri '/v1.0/groups'"), [
            "Microsoft.Graph.Authentication: Get-MgUser at line 1",
            "Microsoft.Graph.Beta.Identity.DirectoryManagement: Get-MgBetaDevice at line 2",
            "Microsoft.Graph.Users: Get-MgUser at line 1",
        ]);
        assert.deepEqual(needs("Get-AzADUser\nGet-EXOMailbox\nGet-PnPSite"), [
            "Az.Accounts: Get-AzADUser at line 1",
            "Az.Resources: Get-AzADUser at line 1",
            "ExchangeOnlineManagement: Get-EXOMailbox at line 2",
            "PnP.PowerShell: Get-PnPSite at line 3",
        ]);
    });

    it("are those it asks for, with the version", () => {
        assert.deepEqual(
            needs("#Requires -Modules @{ ModuleName = 'Az.Accounts'; ModuleVersion = '2.12.0' }\nGet-AzVM"),
            ["Az.Accounts 2.12.0: asked for by #Requires", "Az.Compute: Get-AzVM at line 2"],
        );
    });

    it("are none for a script that calls Graph by itself, and none that are retired", () => {
        assert.deepEqual(needs("Invoke-RestMethod -Uri https://graph.microsoft.com/v1.0/users -Headers $h"), []);
        assert.deepEqual(needs("Get-AzureADUser\nGet-MsolUser"), []);
    });
});

describe("retired modules", () => {
    it("are pointed out once, where they are first used", () => {
        const { problems } = scanRunbook("Get-AzureADUser\nGet-AzureADGroup\nGet-MsolUser", { path: "any.ps1" });
        assert.deepEqual(
            problems.map(({ line, text }) => `${String(line)} ${text}`),
            [
                "1 Get-AzureADUser belongs to Azure Active Directory Graph, which is retired",
                "3 Get-MsolUser belongs to MSOnline, which is retired",
            ],
        );
    });
});

describe("the table of the Azure CLI", () => {
    it("names types and actions that the list of operations has", () => {
        const known = ACTION_KINDS.flatMap(kind => knownActions(kind).lower);
        const types = Object.values(CLI_GROUPS).filter(
            type => !known.some(name => name.startsWith(`${type.toLowerCase()}/`)),
        );
        assert.deepEqual(types, []);
        const actions = Object.values(CLI_COMMANDS)
            .flat()
            .filter(action => ACTION_KINDS.every(kind => findAction(action, kind) === undefined));
        assert.deepEqual(actions, ["Microsoft.ResourceGraph/resources/read"]);
    });

    it("says nothing of a command that it does not know", () => {
        assert.equal(cliActions("magic do"), undefined);
        assert.equal(cliActions("vm levitate"), undefined);
        assert.equal(cliCall("vm list"), undefined);
    });
});
