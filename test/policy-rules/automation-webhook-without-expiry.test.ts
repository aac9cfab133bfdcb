import { automationWebhookWithoutExpiry } from "../../policy-pack/rules/automation-webhook-without-expiry.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const webhook = (props: Declared["props"], type = "azure-native:automation:Webhook"): Declared => ({
    type,
    name: "webhook",
    props,
});

testRule(automationWebhookWithoutExpiry, [
    { fact: "takes one that ends within a year", stack: [webhook({ expiryTime: "2026-12-31T00:00:00Z" })] },
    { fact: "takes webhooks of other services", stack: [webhook({}, "azure-native:containerregistry:Webhook")] },
    { fact: "finds one without an end", stack: [webhook({})], finds: ["webhook: the webhook has no expiryTime"] },
    {
        fact: "finds one that ends too late",
        stack: [webhook({ expiryTime: "2036-01-01T00:00:00Z" }, "azure:automation/webhook:Webhook")],
        finds: ["webhook: the webhook is good until 2036-01-01T00:00:00Z; expected at most 366 days"],
    },
    {
        fact: "finds one that ends later than configured",
        stack: [webhook({ expiryTime: "2026-12-31T00:00:00Z" })],
        config: { days: 30 },
        finds: ["webhook: the webhook is good until 2026-12-31T00:00:00Z; expected at most 30 days"],
    },
    {
        fact: "finds an end that is no time",
        stack: [webhook({ expiryTime: "soon" })],
        finds: ["webhook: expiryTime is 'soon'; expected a time as 2027-06-30T12:00:00Z"],
    },
    {
        fact: "finds an end that is not known yet, in the preview alone",
        stack: [webhook({ expiryTime: UNKNOWN })],
        finds: ["webhook: cannot judge the expiry: 'expiryTime' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
