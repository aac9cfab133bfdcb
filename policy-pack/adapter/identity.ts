import { clientIdOf } from "./api-grant.ts";
import { firstPartyName } from "./first-party.ts";
import { principalKindOf } from "./principal-sources.ts";
import type { PlainResource } from "./resource.ts";
import type { ServicePrincipalSubject } from "./subject-identity.ts";
import { isKnown, type Value } from "./value.ts";

/** Tenants that Microsoft registers its own applications in. */
const MICROSOFTS_TENANTS = ["f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"];

/** Whether its application is one that the stack makes: what such a one takes over came with the application. */
const isOwn = (resource: PlainResource): boolean =>
    ["clientId", "applicationId"].some(key => resource.links(key).some(made => principalKindOf(made) !== undefined));

const firstParty = (resource: PlainResource): Value<string | undefined> => {
    const clientId = clientIdOf(resource);
    const isTakenOver = resource.flag("useExisting") === true;
    const name = typeof clientId === "string" ? firstPartyName(clientId, isTakenOver) : undefined;
    if (name !== undefined) return name;
    const tenant = resource.text("applicationTenantId");
    if (typeof tenant === "string" && MICROSOFTS_TENANTS.includes(tenant.toLowerCase()))
        return `application '${String(clientId)}'`;
    return isKnown(clientId) || !isTakenOver || isOwn(resource) ? undefined : clientId;
};

export const readServicePrincipal = (resource: PlainResource): ServicePrincipalSubject => ({
    kind: "service-principal",
    firstParty: firstParty(resource),
});
