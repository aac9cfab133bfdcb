import type { Place } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

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

const SECRETS: readonly (readonly [token: string, valueKey: string])[] = [
    ["azure-native:keyvault:Secret", "properties"],
    ["azure:keyvault:Secret", "value"],
    ["azurerm:KeyVaultSecret", "value"],
];

/** The key vaults whose secrets take their value from a resource. */
export const vaultsKeeping = ({ urn }: PlainResource, defined: StackDefinitions): readonly Place[] =>
    SECRETS.flatMap(([token, key]) =>
        defined
            .ofTypes(token)
            .filter(secret => secret.links(key).some(linked => linked.urn === urn))
            .map(secret => vaultOf(secret, defined)),
    );
