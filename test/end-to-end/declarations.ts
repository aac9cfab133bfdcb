import type { Config } from "./world.ts";

/** A runbook that signs in with the identity and reads users. */
export const RUNBOOK = `Connect-MgGraph -Identity -NoWelcome
Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/users" -OutputType PSObject
`;

export const NIGHTLY = {
    group: "rg-nightly",
    owner: "team@contoso.example",
    reason: "Reports users every night",
    account: "aa-nightly",
    runbooks: [{ file: "runbooks/Get-Users.ps1", schedule: "06:00 Europe/Zurich, weekdays" }],
    graph: ["User.Read.All", "Group.Read.All"],
    azure: [{ role: "Reader", scope: { group: "rg-lab" } }],
};

export const RELEASE = {
    group: "rg-release",
    reason: "Deploys the lab",
    identity: {
        userAssigned: {
            name: "id-release",
            federatedCredentials: [
                {
                    name: "github",
                    issuer: "https://token.actions.githubusercontent.com",
                    subject: "repo:contoso/lab:environment:production",
                },
            ],
        },
    },
    azure: [
        { actions: ["Microsoft.Web/sites/read", "Microsoft.Web/sites/restart/action"], scope: { group: "rg-lab" } },
    ],
};

/** A configuration of the given workloads beside the group that they act on. */
export const configOf = (workloads: Readonly<Record<string, unknown>>): Config => ({
    "azure-native:location": "westeurope",
    "leastwise:groups": { "rg-lab": {} },
    "leastwise:unusedGrants": "allow",
    "leastwise:workloads": workloads,
});
