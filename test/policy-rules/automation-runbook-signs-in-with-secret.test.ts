import { automationRunbookSignsInWithSecret } from "../../policy-pack/rules/automation-runbook-signs-in-with-secret.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const classic = (content: unknown, runbookType = "PowerShell72"): Declared => ({
    type: "azure:automation/runBook:RunBook",
    name: "runbook",
    props: { name: "Nightly", runbookType, content },
});
const own = (content: unknown): Declared => ({
    type: "pulumi-nodejs:dynamic/leastwise:RunbookContent",
    name: "runbook",
    props: { runbookId: "/subscriptions/s/x/automationAccounts/aa/runbooks/Nightly", content },
});
const found = (how: string, line = 1): string =>
    `runbook: runbook 'Nightly' signs in with ${how} (line ${String(line)}); expected the managed identity`;

const SIGN_INS: readonly (readonly [how: string, text: string, line?: number])[] = [
    [
        "a client secret",
        '$secret = Get-AutomationVariable -Name "GraphSecret"\n$body = @{ grant_type = "client_credentials"; client_id = $id; client_secret = $secret; scope = "https://graph.microsoft.com/.default" }\nInvoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$tenant/oauth2/v2.0/token" -Body $body',
        3,
    ],
    ["a certificate", "Connect-MgGraph -ClientId $id -TenantId $tenant -CertificateThumbprint $thumbprint"],
    [
        "a credential of the account",
        '$credential = Get-AutomationPSCredential -Name "Svc"\nConnect-AzAccount -Credential $credential',
    ],
    ["a Run As connection, which Azure has retired", '$c = Get-AutomationConnection -Name "AzureRunAsConnection"'],
    [
        "a user name and password",
        '$p = ConvertTo-SecureString $env:SECRET -AsPlainText -Force\n$c = [pscredential]::new("svc@contoso.example", $p)\nConnect-ExchangeOnline -Credential $c',
        3,
    ],
];

testRule(automationRunbookSignsInWithSecret, [
    {
        fact: "takes a runbook that signs in as the identity, one whose text is elsewhere, and one in another language",
        stack: [
            classic("Connect-MgGraph -Identity\nGet-MgUser -All"),
            own("Connect-AzAccount -Identity\nGet-AzVM"),
            classic(undefined),
            classic(
                'from azure.identity import ClientSecretCredential\nClientSecretCredential("t", "c", "s")',
                "Python3",
            ),
        ],
    },
    ...SIGN_INS.map(([how, text, line]) => ({
        fact: `finds ${how}, in classic azure and in Leastwise's own`,
        stack: [classic(text), own(text)],
        finds: [found(how, line), found(how, line)],
    })),
    {
        fact: "finds secrets in plain text, also where they sign nobody in",
        stack: [
            classic(
                [
                    "# ConvertTo-SecureString 'an example' -AsPlainText -Force",
                    "$a = ConvertTo-SecureString $given -AsPlainText -Force",
                    "$b = ConvertTo-SecureString -String 'hunter2' -AsPlainText -Force",
                    '$c = "https://st.blob.core.windows.net/c/a?sv=1&sig=abcdefghijklmnopqrstuvwxyz%3D"',
                    '$d = "AccountName=st;AccountKey=$key"',
                    "Connect-AzAccount -Identity",
                ].join("\n"),
            ),
        ],
        finds: [3, 4].map(
            line => `runbook: runbook 'Nightly' holds a secret in plain text (line ${String(line)}); expected none`,
        ),
    },
    {
        fact: "finds a text that is not known yet, in the preview alone",
        stack: [classic(UNKNOWN)],
        finds: ["runbook: cannot judge the runbook's text: 'content' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "takes a text that is not known yet where it is left to the update",
        stack: [classic(UNKNOWN)],
        config: { unknown: "left" },
    },
]);
