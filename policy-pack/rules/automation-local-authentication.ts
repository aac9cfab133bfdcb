import { rule } from "../rule.ts";

export const automationLocalAuthentication = rule({
    name: "automation-local-authentication",
    description: "An Automation account takes no sign-in but those of Entra.",
    severity: "medium",
    controls: { mcsb: "IM-1" },
    remediationSteps: "Set disableLocalAuth to true (classic azure: localAuthenticationEnabled to false).",
    judges: "automation-account",
    needs: ["localAuthentication"],
    options: {},
    check: ({ localAuthentication }) =>
        localAuthentication
            ? ["local authentication is on, so account keys and webhooks sign in; expected it off"]
            : [],
});
