import type { Place } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { flagOf, isKnown, partOf, type Value } from "./value.ts";

/** The key vault that a policy or secret is of. */
export const vaultOf = (resource: PlainResource, { places }: StackDefinitions): Place => {
    for (const key of ["keyVaultId", "vaultId"]) {
        const id = resource.text(key);
        if (
            typeof id === "string" &&
            /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\/vaults\/[^/]+$/i.test(id)
        )
            return places.ofId(id);
    }
    for (const key of ["keyVaultId", "vaultName"]) {
        const linked = resource.links(key).find(({ token }) => /vault$/i.test(token ?? ""));
        if (linked !== undefined) return places.of(linked);
    }
    const name = resource.text("vaultName");
    const named = typeof name === "string" ? { name: name.toLowerCase() } : {};
    return { kind: "resource", type: "microsoft.keyvault/vaults", ...named };
};

/** Whether roles decide who reads a vault. They do not where nothing says so. */
export const usesRoles = (resource: PlainResource): Value<boolean> => {
    const flags = [
        partOf(resource.value("properties"), "enableRbacAuthorization"),
        resource.value("enableRbacAuthorization"),
        resource.value("rbacAuthorizationEnabled"),
    ].map(flag => flagOf(flag, "enableRbacAuthorization"));
    return flags.find(flag => isKnown(flag) && flag !== undefined) ?? flags.find(flag => !isKnown(flag)) ?? false;
};

/** The access policies that a vault is given with: none, one or several, known or not. */
export const policiesWithin = (resource: PlainResource): unknown => {
    const value = resource.value("properties");
    return value === undefined ? resource.value("accessPolicies") : partOf(value, "accessPolicies");
};

const SECRETS: readonly (readonly [token: string, valueKey: string])[] = [
    ["azure-native:keyvault:Secret", "properties"],
    ["azure:keyvault:Secret", "value"],
    ["azurerm:KeyVaultSecret", "value"],
];

const known = new WeakMap<StackDefinitions, ReadonlyMap<string, readonly PlainResource[]>>();

/** The secrets of vaults by the URNs of what their values come from. */
const secretsBySource = (defined: StackDefinitions): ReadonlyMap<string, readonly PlainResource[]> => {
    const pairs = SECRETS.flatMap(([token, key]) =>
        defined
            .ofTypes(token)
            .flatMap(secret => [...new Set(secret.links(key).map(({ urn }) => urn))].map(urn => ({ urn, secret }))),
    );
    return new Map(
        [...Map.groupBy(pairs, ({ urn }) => urn)].map(([urn, list]) => [urn, list.map(each => each.secret)]),
    );
};

/** The key vaults whose secrets take their value from a resource. */
export const vaultsKeeping = ({ urn }: PlainResource, defined: StackDefinitions): readonly Place[] => {
    const secrets = known.get(defined) ?? secretsBySource(defined);
    known.set(defined, secrets);
    return (secrets.get(urn) ?? []).map(secret => vaultOf(secret, defined));
};
