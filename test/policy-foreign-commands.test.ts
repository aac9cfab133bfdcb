import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { foreignCommands } from "../policy-pack/foreign-commands.ts";

const RUNBOOKS = join(import.meta.dirname, "..", "runbooks");

const WORDS = [
    "syncusers -All",
    "$x = getthings -a 1",
    "if ($a) { dothing }",
    "Get-Date | sendthing",
    "& runthing",
    "Tools\\loadthing -All",
    "m365 spo site list",
    "& 'sync.exe' -All",
];
const FOREIGN_WORDS = [
    "Tools\\loadthing",
    "dothing",
    "getthings",
    "m365",
    "runthing",
    "sendthing",
    "sync.exe",
    "syncusers",
];
const OWN_WORDS = [
    "function helper { param($a) return $a }",
    "helper 1; HELPER 2",
    "gci | select Name | where { $_ } | sort | foreach { echo $_ }",
    "try { irm $uri } catch { throw } finally { exit }",
    "do { sleep 1 } while ($true)",
    "az account show",
];
const NO_WORDS = [
    "$b = @{ displayName = 'x'; mail = 'y' }",
    "$c = @{",
    "    members = 1",
    "}",
    "Get-MgUser -Property id,",
    "    displayName",
    "Get-MgGroup `",
    "  -All",
    "[int]$n = 1",
    "function f { [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] $x) }",
    "& './Child.ps1' -Name a",
    "$x.Name.ToLower()",
];

describe("foreign commands of a runbook", () => {
    const CASES: readonly (readonly [fact: string, text: string, found: readonly string[]])[] = [
        ["are those of a module whose code is elsewhere", "Import-Module Tools\nSync-Users -All", ["Sync-Users"]],
        ["are told in any case, and once", "sync-users; Sync-Groups; sync-users", ["Sync-Groups", "sync-users"]],
        ["are found where a text has them within", 'Write-Output "$(Sync-Users)"', ["Sync-Users"]],
        ["are none of PowerShell's own", "Get-ChildItem | Where-Object { $_ } | ConvertTo-Json | Write-Output", []],
        ["are none that Automation brings", "Get-AutomationVariable -Name 'Region'", []],
        ["are none that the scanner knows", "Connect-MgGraph -Identity; Get-MgUser -All; Stop-AzVM -Name vm", []],
        ["are none that the runbook defines", "function Sync-Users { Get-MgUser }\nSync-Users", []],
        ["are not looked for in comments", "# Sync-Users\n<# Sync-Users\n#> Get-Date # Sync-Users", []],
        [
            "are not looked for in texts",
            "$u = 'X-IDENTITY-HEADER'; \"https://x?api-version=1\"; @'\nSync-Users\n'@",
            [],
        ],
        ["are no operators, parameters or variables", "$a -notmatch $b; Get-Date -UFormat x; $x-Users; -split 'a'", []],
        ["are words without a verb too, wherever a command begins", WORDS.join("\n"), FOREIGN_WORDS],
        ["are no aliases, keywords or functions of the runbook's own", OWN_WORDS.join("\n"), []],
        ["are no keys of tables, and nothing that goes on from the line before", NO_WORDS.join("\n"), []],
        ["are found after a comment mark within a text", "'#'; Sync-Users", ["Sync-Users"]],
    ];
    for (const [fact, text, found] of CASES) it(fact, () => assert.deepEqual(foreignCommands(text), found));

    it("are none in the runbooks that come with the package", () => {
        const files = readdirSync(RUNBOOKS).filter(file => file.endsWith(".ps1"));
        assert.ok(files.length > 0);
        for (const file of files) assert.deepEqual(foreignCommands(readFileSync(join(RUNBOOKS, file), "utf8")), []);
    });

    it("are looked for in time that grows as the text does", () => {
        for (const part of ["<#", "'", '"', "$(", "-a-", "a-b", "@'\n", '`"']) foreignCommands(part.repeat(50_000));
        fc.assert(fc.property(fc.string({ maxLength: 300 }), text => foreignCommands(text).length <= text.length));
    }).timeout(20_000);
});
