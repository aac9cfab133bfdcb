import type { ArmResource } from "../records.ts";
import { maySee } from "./authorise.ts";
import { listContents } from "./contents.ts";
import { requireResource, subscriptionNotFound } from "./lookup.ts";
import { page } from "./page.ts";
import { methodNotAllowed } from "./request.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";

const subscriptionView = (request: ArmRequest, subscription: ArmResource): Json => ({
    id: subscription.id,
    authorizationSource: "RoleBased",
    subscriptionId: subscription.name,
    tenantId: request.cloud.tenantId,
    ...subscription.properties,
    subscriptionPolicies: {
        locationPlacementId: "Public_2014-09-01",
        quotaId: "PayAsYouGo_2014-09-01",
        spendingLimit: "Off",
    },
});

/** GET of subscriptions, what is in one, and its resource providers. */
export const serveSubscription = (request: ArmRequest): ArmResponse => {
    const { cloud, caller, target, method } = request;
    if (method !== "GET") throw methodNotAllowed(request);
    if (target.name === undefined) {
        const all = cloud.resources.by("type", "microsoft.resources/subscriptions");
        const seen = all.filter(subscription => maySee(cloud, caller, subscription.id));
        return page(request, seen, 1000, subscription => subscriptionView(request, subscription));
    }
    const [what, namespace, ...rest] = target.tail.join("/").toLowerCase().split("/");
    const subscription = requireResource(request);
    if (!maySee(cloud, caller, subscription.id)) throw subscriptionNotFound(subscription.name);
    if (what === "") return { status: 200, body: subscriptionView(request, subscription) };
    if (what === "resources" && namespace === undefined) return listContents(request);
    if (what === "providers" && namespace !== undefined && rest.length === 0) {
        const id = `${subscription.id}/providers/${target.tail[1] ?? ""}`;
        return {
            status: 200,
            body: { id, namespace: target.tail[1], registrationState: "Registered", resourceTypes: [] },
        };
    }
    throw methodNotAllowed(request);
};
