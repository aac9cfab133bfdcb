import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { deploy, type ProgramOutputs } from "../program.ts";
import { SUBSCRIPTION } from "./setup/configuration.ts";
import { listed, LOOK_UP, ofType, record, type Recorded } from "./setup/mock-engine.ts";

const ROOT = join(import.meta.dirname, "..");

/** A stack file's configuration as the engine hands it to a program. */
const configuration = (file: string): Record<string, string> => {
    const { config } = parse(readFileSync(join(ROOT, file), "utf8")) as { config: Record<string, unknown> };
    const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
    return {
        ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(value)])),
        "leastwise:subscription": SUBSCRIPTION,
    };
};

describe("the program with mocks", () => {
    const home = process.cwd();
    let made: Recorded;
    let outputs: ProgramOutputs;

    before(async () => {
        process.chdir(ROOT);
        const config = configuration("Pulumi.example.yaml");
        made = await record(async () => (outputs = await deploy()), { config, preview: true, answers: LOOK_UP });
    });
    after(() => process.chdir(home));

    it("makes the grants of the example, whose runbooks say what these are", () => {
        assert.deepEqual(
            listed(made).filter(name => /:(AppRoleAssignment|RoleAssignment|RoleDefinition) /.test(name)),
            [
                "azure-native:authorization:RoleAssignment mailer-Storage-Blob-Data-Owner-stfunccontosomailer-ffbe54",
                "azure-native:authorization:RoleAssignment nightly-custom-rg-lab-c9803b",
                "azure-native:authorization:RoleAssignment release-Website-Contributor-func-contoso-mailer-ee84a9",
                "azure-native:authorization:RoleDefinition nightly-role-rg-lab-c9803b",
                "azuread:index/appRoleAssignment:AppRoleAssignment mailer-Microsoft-Graph-Mail.Send",
                "azuread:index/appRoleAssignment:AppRoleAssignment nightly-Microsoft-Graph-User.Read.All",
            ],
        );
    });

    it("defines a role of just the actions that a runbook takes, on what it takes them on", () => {
        const [definition] = ofType(made, "RoleDefinition");
        const [permissions] = definition?.inputs["permissions"] as [{ actions: string[]; dataActions: string[] }];
        assert.deepEqual(permissions.actions, [
            "Microsoft.Compute/virtualMachines/deallocate/action",
            "Microsoft.Compute/virtualMachines/instanceView/read",
            "Microsoft.Compute/virtualMachines/read",
        ]);
        assert.deepEqual(definition?.inputs["assignableScopes"], [
            `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-lab`,
        ]);
    });

    it("names in its manifest the file and the line that need a grant", () => {
        const nightly = outputs.grants.filter(({ identity }) => identity === "nightly");
        assert.deepEqual(
            nightly.map(({ reason, foundAt }) => [reason, foundAt?.map(place => place.replace(/\d+$/, "N"))]),
            [
                [nightly[0]?.reason, ["GET /users, Get-UserReport.ps1:N"]],
                [
                    "Needed by Stop-LabMachine.ps1",
                    [
                        "Microsoft.Compute/virtualMachines/deallocate/action, Stop-LabMachine.ps1:N",
                        "Microsoft.Compute/virtualMachines/instanceView/read, Stop-LabMachine.ps1:N",
                        "Microsoft.Compute/virtualMachines/read, Stop-LabMachine.ps1:N",
                    ],
                ],
            ],
        );
        assert.match(nightly[0]?.reason ?? "", /^Needed for GET \/users, Get-UserReport\.ps1:\d+$/);
    });

    it("keeps lines of a runbook out of resources, so that moving them changes nothing but the manifest", () => {
        assert.doesNotMatch(
            JSON.stringify(made.asked.filter(({ type }) => !type.includes("RunbookContent"))),
            /\.ps1:\d/,
        );
    });

    it("installs the modules that the runbooks use, and no others", () => {
        assert.deepEqual(
            ofType(made, "Package").map(({ name }) => name),
            ["nightly-package-Az.Accounts"],
        );
    });
});
