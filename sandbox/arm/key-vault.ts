import { isNameTaken } from "./lookup.ts";
import { badRequest, conflict, isObject } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

const checkName = (name: string): void => {
    if (/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(name)) return;
    throw badRequest(
        "VaultNameNotValid",
        `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin ` +
            "with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more " +
            "information: https://go.microsoft.com/fwlink/?linkid=2147742",
    );
};

const write = (request: Write): Written => {
    const { name, properties } = request;
    const { tenantId, sku } = properties;
    if (typeof tenantId !== "string" || !isObject(sku)) {
        throw badRequest(
            "BadRequest",
            `The property '${isObject(sku) ? "tenantId" : "sku"}' of the vault is required.`,
        );
    }
    if (isNameTaken(request)) {
        throw conflict(
            "VaultAlreadyExists",
            `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
        );
    }
    return {
        properties: {
            accessPolicies: [],
            enabledForDeployment: false,
            enableSoftDelete: true,
            softDeleteRetentionInDays: 90,
            enableRbacAuthorization: false,
            publicNetworkAccess: "Enabled",
            ...properties,
            vaultUri: `https://${name.toLowerCase()}.vault.azure.net/`,
            provisioningState: "Succeeded",
        },
    };
};

/** Key vaults. A deleted vault is gone at once: the sandbox has no soft deletion. */
export const KEY_VAULT_TYPES: readonly ResourceType[] = [
    { type: "Microsoft.KeyVault/vaults", tracked: true, checkName, write },
];
