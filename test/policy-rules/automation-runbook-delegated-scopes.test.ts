import { automationRunbookDelegatedScopes } from "../../policy-pack/rules/automation-runbook-delegated-scopes.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const runbook = (content: unknown): Declared => ({
    type: "azure:automation/runBook:RunBook",
    name: "runbook",
    props: { name: "Nightly", runbookType: "PowerShell72", content },
});
const found = (how: string): string =>
    `runbook: runbook 'Nightly' ${how} (line 1), which needs a person; expected '-Identity'`;

testRule(automationRunbookDelegatedScopes, [
    {
        fact: "takes the identity, also beside another way for use by hand",
        stack: [
            runbook("Connect-MgGraph -Identity\nGet-MgUser -All"),
            runbook('if ($Local) { Connect-MgGraph -Scopes "User.Read.All" } else { Connect-MgGraph -Identity }'),
            runbook("Get-AzVM"),
        ],
    },
    {
        fact: "finds delegated scopes, and a sign-in that asks a person",
        stack: [
            runbook('Connect-MgGraph -Scopes "User.Read.All"\nGet-MgUser -All'),
            runbook("Connect-AzAccount\nGet-AzVM"),
        ],
        finds: [found("signs in with delegated scopes"), found("signs in interactively")],
    },
    {
        fact: "finds a text that is not known yet, in the preview alone",
        stack: [runbook(UNKNOWN)],
        finds: ["runbook: cannot judge the runbook's text: 'content' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
