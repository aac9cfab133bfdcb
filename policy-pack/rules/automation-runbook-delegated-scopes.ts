import type { SignInKind } from "../../runbooks/scan/findings.ts";
import { powerShellOf } from "../runbook-language.ts";
import { scanText } from "../runbook-scan.ts";
import { rule } from "../rule.ts";

const BY_HAND: Partial<Readonly<Record<SignInKind, string>>> = {
    delegated: "signs in with delegated scopes",
    interactive: "signs in interactively",
};

/** Scripts often keep another way for use by hand beside the one that runs in Azure. */
const UNATTENDED: ReadonlySet<SignInKind> = new Set([
    "managed-identity",
    "token",
    "secret",
    "certificate",
    "credential-asset",
    "password",
    "run-as",
]);

export const automationRunbookDelegatedScopes = rule({
    name: "automation-runbook-delegated-scopes",
    description: "A runbook signs in without a person.",
    severity: "medium",
    controls: { mcsb: "IM-3" },
    remediationSteps:
        "Sign in with Connect-MgGraph -Identity, and grant the identity the permissions that the scopes named.",
    judges: "runbook",
    needs: ["content"],
    options: {},
    check: ({ runbook, type, content }) => {
        const text = powerShellOf({ type, content });
        const signIn = text === undefined ? [] : scanText(text).signIn;
        if (signIn.some(({ kind }) => UNATTENDED.has(kind))) return [];
        return signIn.flatMap(({ kind, line }) => {
            const words = BY_HAND[kind];
            const name = typeof runbook === "string" ? `runbook '${runbook}'` : "the runbook";
            return words === undefined
                ? []
                : [`${name} ${words} (line ${String(line)}), which needs a person; expected '-Identity'`];
        });
    },
});
