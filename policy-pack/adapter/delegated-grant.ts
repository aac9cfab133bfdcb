import { apis, appRoles } from "../../access/apis.ts";
import type { Tier } from "../../access/tier.ts";
import { linkedApi } from "./api-grant.ts";
import { decided, type GivenRight, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { GrantedApi } from "./subject-grants.ts";
import { isKnown, Unknown, type Value, whenKnown } from "./value.ts";

const NO_API = new Unknown("nothing tells which API it is of", false);

const permissionsOf = (resource: PlainResource): Value<readonly string[]> =>
    whenKnown(resource.texts("claimValues"), list => list.flatMap(each => each.split(/\s+/).filter(Boolean)));

const nameOf = (api: GrantedApi): Value<string> =>
    api === "own" ? "an API of the stack's own" : (api?.name ?? NO_API);

/** As the application permission of the same name, which does the same for everybody: the most dangerous of that name. */
const tierOf = (api: GrantedApi, permission: string): Value<Tier> => {
    if (api === "own") return 2;
    const lower = permission.toLowerCase();
    const candidates = api === undefined ? apis() : [api];
    const tiers = candidates
        .flatMap(({ appId }) => appRoles(appId))
        .filter(({ name }) => name.toLowerCase() === lower)
        .map(({ tier }) => tier);
    if (tiers.length === 0) return api === undefined ? NO_API : 2;
    return Math.min(...tiers) as Tier;
};

/**
 * Reads delegated permissions that are consented to for all users, or for one.
 * https://www.pulumi.com/registry/packages/azuread/api-docs/serviceprincipaldelegatedpermissiongrant/
 */
export const readDelegatedGrant: ReadRights = (resource, defined) => {
    const holder = defined.principals.named(resource, "servicePrincipalObjectId");
    const api = linkedApi(resource, "resourceServicePrincipalObjectId");
    const permissions = permissionsOf(resource);
    const user = knownText(resource.text("userObjectId"));
    const subject = { kind: "delegated-grant", api, permissions, user: resource.text("userObjectId") } as const;
    const listed: readonly Value<string>[] = isKnown(permissions) ? permissions : [permissions];
    return listed.map((permission, at): GivenRight => ({
        holder,
        right: {
            kind: "delegated",
            ...rightBase(resource, holder, {}, isKnown(permission) ? permission : String(at)),
            api: decided(whenKnown(api, nameOf)),
            permission: decided(permission),
            tier: decided(whenKnown(api, of => whenKnown(permission, name => tierOf(of, name)))),
            ...(user !== undefined && { user }),
        },
        ...(at === 0 && { subject }),
    }));
};
