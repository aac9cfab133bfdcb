import { rule } from "../rule.ts";

export const automationPublicNetwork = rule({
    name: "automation-public-network",
    description: "An Automation account is not reached from public networks.",
    severity: "medium",
    controls: { mcsb: "NS-2" },
    remediationSteps:
        "Set publicNetworkAccess to false (classic azure: publicNetworkAccessEnabled), and reach the account over a private endpoint.",
    judges: "automation-account",
    needs: ["publicNetwork"],
    options: {},
    check: ({ publicNetwork }) =>
        publicNetwork
            ? ["the account is reached from public networks, webhooks and jobs of hybrid workers too; expected it off"]
            : [],
});
