import { createHash } from "node:crypto";
import { isNameTaken } from "./lookup.ts";
import { badRequest, conflict } from "./request.ts";
import type { Action, ResourceType, Write, Written } from "./resource-type.ts";

/** Source: https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
const checkName = (name: string): void => {
    if (/^[a-z0-9]{3,24}$/.test(name)) return;
    throw badRequest(
        "AccountNameInvalid",
        `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use ` +
            "numbers and lower-case letters only.",
    );
};

const SERVICES = ["blob", "dfs", "file", "queue", "table", "web"];

const write = (request: Write): Written => {
    const { name, body, properties, existing, method, now } = request;
    if (method === "PUT" && (typeof body["kind"] !== "string" || body["sku"] === undefined)) {
        throw badRequest(
            "InvalidValues",
            `Values for request parameters are invalid: ${body["sku"] === undefined ? "sku" : "kind"}.`,
        );
    }
    if (isNameTaken(request)) {
        throw conflict("StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`);
    }
    const endpoints = SERVICES.map(service => [service, `https://${name}.${service}.core.windows.net/`]);
    return {
        properties: {
            accessTier: "Hot",
            allowBlobPublicAccess: false,
            minimumTlsVersion: "TLS1_2",
            supportsHttpsTrafficOnly: true,
            ...properties,
            primaryEndpoints: Object.fromEntries(endpoints),
            primaryLocation: existing?.location ?? body["location"],
            statusOfPrimary: "available",
            creationTime: existing?.properties["creationTime"] ?? new Date(now).toISOString(),
            provisioningState: "Succeeded",
        },
    };
};

/** Two keys made from the id: good for configuration strings, opening nothing. */
const listKeys: Action = account => ({
    status: 200,
    body: {
        keys: ["key1", "key2"].map(keyName => ({
            keyName,
            value: createHash("sha512").update(`${account.id.toLowerCase()}|${keyName}`).digest("base64"),
            permissions: "FULL",
        })),
    },
});

const ACCOUNT = "Microsoft.Storage/storageAccounts";

/** Storage accounts with their services and containers. */
export const STORAGE_TYPES: readonly ResourceType[] = [
    { type: ACCOUNT, tracked: true, identity: true, checkName, write, actions: { "POST listKeys": listKeys } },
    ...["blob", "file", "queue", "table"].map(service => ({
        type: `${ACCOUNT}/${service}Services`,
        implicit: ["default"],
    })),
    { type: `${ACCOUNT}/blobServices/containers` },
    { type: `${ACCOUNT}/fileServices/shares` },
    { type: `${ACCOUNT}/queueServices/queues` },
    { type: `${ACCOUNT}/tableServices/tables` },
];
