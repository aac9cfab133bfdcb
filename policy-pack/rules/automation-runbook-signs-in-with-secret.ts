import type { SignInKind } from "../../runbooks/scan/findings.ts";
import { isKnown } from "../adapter/value.ts";
import { undecided, UNKNOWN_OPTION } from "../left-to-update.ts";
import { powerShellOf } from "../runbook-language.ts";
import { scanText } from "../runbook-scan.ts";
import { rule } from "../rule.ts";
import { linesWithSecrets } from "../secret-text.ts";

const WORDS: Partial<Readonly<Record<SignInKind, string>>> = {
    secret: "a client secret",
    certificate: "a certificate",
    "credential-asset": "a credential of the account",
    password: "a user name and password",
    "run-as": "a Run As connection, which Azure has retired",
};

const faultsOf = (text: string): readonly string[] => {
    const ways = Map.groupBy(scanText(text).signIn, ({ kind }) => kind);
    const signIns = [...ways.values()].flatMap(([first]) => {
        const words = first && WORDS[first.kind];
        return words === undefined
            ? []
            : [`signs in with ${words} (line ${String(first?.line)}); expected the managed identity`];
    });
    const lines = linesWithSecrets(text).map(
        line => `holds a secret in plain text (line ${String(line)}); expected none`,
    );
    return [...signIns, ...lines];
};

export const automationRunbookSignsInWithSecret = rule({
    name: "automation-runbook-signs-in-with-secret",
    description: "A runbook signs in as the managed identity of its account, with nothing that is kept somewhere.",
    severity: "high",
    controls: { mcsb: "IM-3" },
    remediationSteps:
        "Sign in with Connect-MgGraph -Identity or Connect-AzAccount -Identity, grant the identity what the runbook needs, and delete the secret.",
    judges: "runbook",
    needs: [],
    options: { unknown: UNKNOWN_OPTION },
    check: ({ runbook, type, content }, { unknown }) => {
        if (!isKnown(content)) return undecided("the runbook's text", content, unknown);
        const text = powerShellOf({ type, content });
        const name = typeof runbook === "string" ? `runbook '${runbook}'` : "the runbook";
        return text === undefined ? [] : faultsOf(text).map(fault => `${name} ${fault}`);
    },
});
