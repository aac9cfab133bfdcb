import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatCall } from "../access/calls.ts";
import { ACTION_KINDS, findAction, knownActions } from "../access/azure-actions.ts";
import { azActions } from "../runbooks/scan/az-cmdlets.ts";
import { AZ_NOUNS } from "../runbooks/scan/az-nouns.ts";
import { needOf, verdictOn } from "../runbooks/scan/need.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const scan = (source: string): Scan => scanRunbook(source, { path: "any.ps1" });
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", "runbooks", name), "utf8");

before(loadGrammar);

describe("an author's annotations", () => {
    it("stand for the request below them, so that the need is complete", () => {
        const annotated = scan(fixture("annotated.ps1"));
        assert.deepEqual(
            annotated.calls.map(call => `${String(call.line)} ${formatCall(call)} ${call.via}`),
            ["13 GET /users/{id}/messages annotation", "15 GET /users Invoke-MgGraphRequest"],
        );
        assert.equal(needOf(annotated).complete, true);
    });

    it("declare permissions under .PERMISSIONS, up to the next keyword, and only ones that exist", () => {
        assert.deepEqual(scan(fixture("annotated.ps1")).declared, [
            "Group.ReadWrite.All",
            "Mail.Send",
            "User.Read.All",
        ]);
        assert.equal(scan("Get-MgUser").declared, null);
    });

    it("declare permissions in a line or a sentence of the help, and in the comment at the head of the script", () => {
        const said: readonly (readonly [string, readonly string[] | null])[] = [
            ["<#\n.NOTES\n    Permissions: User.Read.All, Group.Read.All\n#>", ["Group.Read.All", "User.Read.All"]],
            [
                "<#\n.DESCRIPTION\nRequires a connection with User.Read.All\nand Mail.Send permissions. Done.\n#>",
                ["Mail.Send", "User.Read.All"],
            ],
            ["<#\n.SYNOPSIS\nErfordert die Berechtigung 'Device.Read.All'.\n#>", ["Device.Read.All"]],
            ["#Requires -Version 7\n# Required Graph permissions: Device.Read.All\nGet-MgDevice", ["Device.Read.All"]],
            ["# Permissions\n# - Device.Read.All\n\nGet-MgDevice", ["Device.Read.All"]],
        ];
        for (const [source, declared] of said) assert.deepEqual(scan(source).declared, declared, source);
    });

    it("declare nothing where they speak of what is given to others, of examples, or inside the code", () => {
        const silent = [
            "<#\n.DESCRIPTION\nGrants the permission User.Read.All to the identity.\n#>",
            "<#\n.SYNOPSIS\nOne\n.EXAMPLE\nConnect with scopes User.Read.All, which is required\n#>",
            "Get-MgUser\n# this needs the permission Mail.Send\nGet-MgUser",
            "<# needs the permission User.Read.All #>",
        ];
        for (const source of silent) assert.equal(scan(source).declared, null, source);
    });

    it("are compared with the calls: what is missing, and what no call uses", () => {
        const annotated = scan(fixture("annotated.ps1"));
        const { missing, unneeded } = verdictOn(needOf(annotated), annotated.declared);
        assert.deepEqual(unneeded, ["Group.ReadWrite.All", "Mail.Send"]);
        assert.equal(missing.length, 1);
        assert.match(missing[0] ?? "", /^Mail\./);
    });

    it("are reported when the code does not bear them out, or when they cannot be read", () => {
        const problems = scan("# leastwise: calls GET /users\nGet-MgGroup\n# leastwise: calls FETCH /users").problems;
        assert.deepEqual(
            problems.map(({ line, text }) => [line, text.slice(0, 40)]),
            [
                [1, "annotation names 'GET /users'; no reques"],
                [3, "unknown method 'FETCH' in call 'FETCH /u"],
            ],
        );
    });
});

describe("what a scan comes to", () => {
    it("joins the properties of a call's uses, which can change what it needs", () => {
        const need = needOf(
            scan('Get-MgUser -Property id\nGet-MgUser -Property signInActivity -Filter "accountEnabled eq true"'),
        );
        assert.deepEqual(
            need.calls.map(({ path, properties }) => [path, properties]),
            [["/users", ["accountEnabled", "id", "signInActivity"]]],
        );
    });

    it("is the least of permissions and roles", () => {
        const found = scan("Get-MgUser -All\nStop-AzVM -Name a");
        const { permissions, roles } = verdictOn(needOf(found), found.declared);
        assert.deepEqual(permissions, [{ name: "User.ReadBasic.All", calls: ["GET /users"] }]);
        assert.equal(roles.length, 1);
    });
});

describe("how a script signs in is pointed out", () => {
    const texts = (source: string): string[] =>
        scan(source).problems.map(({ line, text }) => `${String(line)} ${text}`);

    it("when it needs a secret, a person or text for a token", () => {
        assert.deepEqual(texts("Connect-MgGraph -Scopes 'User.Read.All'"), [
            "1 signs in with delegated scopes, which need a person; expected '-Identity'",
        ]);
        assert.deepEqual(texts("Connect-MgGraph -ClientSecretCredential $c"), [
            "1 signs in with a secret; expected the managed identity",
        ]);
        assert.deepEqual(texts("$t = (Get-AzAccessToken).Token"), [
            "1 takes the token of Get-AzAccessToken as text; Az.Accounts 5 returns a SecureString",
        ]);
        assert.deepEqual(
            texts("#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Users'; ModuleVersion = '2.26.1' }"),
            ["1 Microsoft.Graph.Users 2.26.1 does not load in PowerShell 7.2; use a 7.4 runtime environment"],
        );
    });

    it("but not where a managed identity is used and a way by hand is kept beside it", () => {
        assert.deepEqual(texts("if ($local) { Connect-MgGraph -Scopes 'x' } else { Connect-MgGraph -Identity }"), []);
    });
});

describe("the table of Az cmdlets", () => {
    it("names resource types that the list of operations has", () => {
        const known = ACTION_KINDS.flatMap(kind => knownActions(kind).lower);
        const unknown = Object.entries(AZ_NOUNS).filter(
            ([, type]) => !known.some(name => name.startsWith(`${type.toLowerCase()}/`)),
        );
        assert.deepEqual(unknown, []);
    });

    it("marks as derived what follows from verb and noun alone, and gives nothing where no type fits", () => {
        assert.deepEqual(azActions("Get-AzVM"), {
            actions: ["Microsoft.Compute/virtualMachines/read"],
            derived: false,
        });
        assert.deepEqual(azActions("Remove-AzNetworkProfile"), {
            actions: ["Microsoft.Network/networkProfiles/delete"],
            derived: true,
        });
        for (const name of ["Get-AzNothingOfTheKind", "Get-AzureVM", "Get-AzureADUser"]) {
            assert.equal(azActions(name), `no Azure action is known for '${name}'`);
        }
    });

    it("gives nothing to do to cmdlets that put an object together for another", () => {
        for (const name of [
            "New-AzVMConfig",
            "New-AzMetricAlertRuleV2Criteria",
            "New-AzDiagnosticSettingLogSettingsObject",
        ])
            assert.deepEqual(azActions(name), { actions: [], derived: false }, name);
    });

    it("derives only actions that exist", () => {
        for (const name of ["New-AzProximityPlacementGroup", "Remove-AzIpGroup"]) {
            const found = azActions(name);
            assert.ok(typeof found === "object" && found.derived, name);
            for (const action of found.actions) assert.notEqual(findAction(action, "action"), undefined, action);
        }
    });
});
