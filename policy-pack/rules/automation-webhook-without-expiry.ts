import { rule } from "../rule.ts";

const DAY = 24 * 60 * 60 * 1000;

export const automationWebhookWithoutExpiry = rule({
    name: "automation-webhook-without-expiry",
    description: "A webhook, whose address is all it takes to start a runbook, ends soon.",
    severity: "medium",
    controls: { mcsb: "IM-8" },
    remediationSteps: "Set expiryTime within a year, and renew the webhook before it.",
    judges: "automation-webhook",
    needs: ["expires"],
    options: {
        days: {
            type: "integer",
            minimum: 1,
            default: 366,
            description: "Days from today that a webhook may be good for.",
        },
    },
    check: ({ expires }, { days }, { now }) => {
        if (expires === undefined) return ["the webhook has no expiryTime"];
        const end = Date.parse(expires);
        if (Number.isNaN(end)) return [`expiryTime is '${expires}'; expected a time as 2027-06-30T12:00:00Z`];
        return end - now.getTime() > days * DAY
            ? [`the webhook is good until ${expires}; expected at most ${days} days`]
            : [];
    },
});
