import { automationRunbookContentMutable } from "../../policy-pack/rules/automation-runbook-content-mutable.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const RAW = "https://raw.githubusercontent.com/contoso/runbooks";
const REPOSITORY = "https://github.com/contoso/runbooks.git";
const runbook = (publishContentLink: unknown): Declared => ({
    type: "azure-native:automation/v20241023:Runbook",
    name: "runbook",
    props: { runbookName: "Nightly", runbookType: "PowerShell", publishContentLink },
});
const found = (from: string): string =>
    `runbook: the content is fetched from ${from} without a contentHash, so what runs can change unseen; expected a hash`;

testRule(automationRunbookContentMutable, [
    {
        fact: "takes a hash, an address that names a commit or the version of a blob, and a runbook without a link",
        stack: [
            runbook({ uri: `${RAW}/main/a.ps1`, contentHash: { algorithm: "sha256", value: "ab" } }),
            runbook({ uri: UNKNOWN, contentHash: { algorithm: "sha256", value: "ab" } }),
            runbook({ uri: `${RAW}/${COMMIT}/a.ps1` }),
            runbook({ uri: `https://github.com/contoso/runbooks/raw/${COMMIT}/a.ps1` }),
            runbook({ uri: "https://st.blob.core.windows.net/c/a.ps1?versionid=2026-01-02T03:04:05.678Z" }),
            runbook(undefined),
        ],
    },
    {
        fact: "finds a branch, a tag and a blob, and shows no signature",
        stack: [
            runbook({ uri: `${RAW}/main/a.ps1` }),
            runbook({ uri: `${RAW}/v1.0.0/a.ps1` }),
            runbook({ uri: "https://st.blob.core.windows.net/c/a.ps1?sv=2024&sig=abc" }),
        ],
        finds: [
            found(`'${RAW}/main/a.ps1'`),
            found(`'${RAW}/v1.0.0/a.ps1'`),
            found("'https://st.blob.core.windows.net/c/a.ps1?…'"),
        ],
    },
    {
        fact: "finds a link of classic azure",
        stack: [
            {
                type: "azure:automation/runBook:RunBook",
                name: "runbook",
                props: { name: "Nightly", publishContentLink: { uri: `${RAW}/main/a.ps1` } },
            },
        ],
        finds: [found(`'${RAW}/main/a.ps1'`)],
    },
    {
        fact: "finds a source control that follows a branch, and takes one that is synchronised by hand",
        stack: [
            {
                type: "azure-native:automation:SourceControl",
                name: "sync",
                props: { repoUrl: REPOSITORY, autoSync: true },
            },
            {
                type: "azure:automation/sourceControl:SourceControl",
                name: "classic",
                props: { repositoryUrl: UNKNOWN, automaticSync: "true", publishRunbookEnabled: true },
            },
            { type: "azure-native:automation:SourceControl", name: "manual", props: { repoUrl: REPOSITORY } },
        ],
        finds: [
            `sync: runbooks follow a branch of '${REPOSITORY}', so what runs can change unseen; expected them published by the program`,
            "classic: runbooks follow a branch of an address that is not known yet, so what runs can change unseen; expected them published by the program",
        ],
    },
    {
        fact: "finds an address that anybody between can answer for, hash or not",
        stack: [runbook({ uri: "http://example.com/a.ps1", contentHash: { algorithm: "sha256", value: "ab" } })],
        finds: [
            "runbook: the content is fetched from 'http://example.com/a.ps1', where anybody between can change it; expected 'https://…'",
        ],
    },
    {
        fact: "finds an address that is not known yet and has no hash",
        stack: [runbook({ uri: UNKNOWN })],
        finds: [found("an address that is not known yet")],
    },
    {
        fact: "finds a link that is not known yet, in the preview alone",
        stack: [runbook(UNKNOWN)],
        finds: [
            "runbook: cannot judge the link to the content: 'publishContentLink' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);
