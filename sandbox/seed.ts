import type { Cloud } from "./cloud.ts";

/** Fills a new cloud with its subscription. */
export const seed = (cloud: Cloud): void => {
    const id = `/subscriptions/${cloud.subscriptionId}`;
    if (cloud.resources.has(id)) return;
    cloud.resources.set(id, {
        id,
        name: cloud.subscriptionId,
        type: "Microsoft.Resources/subscriptions",
        properties: { displayName: "Contoso sandbox", state: "Enabled" },
    });
};
