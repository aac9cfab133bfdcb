import { decodeJwt } from "jose";
import type { Properties } from "../values.ts";
import type { ArmClient } from "./arm-client.ts";
import { idOf } from "./ids.ts";
import { outputsOf } from "./outputs.ts";
import { resourceType } from "./resource-type.ts";

interface Context {
    readonly arm: ArmClient;
    readonly subscriptionId: string;
    readonly accessToken: () => Promise<string>;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const clientConfig = async ({ accessToken, subscriptionId }: Context): Promise<Properties> => {
    const claims = decodeJwt(await accessToken());
    return {
        clientId: text(claims["appid"] ?? claims["azp"]),
        objectId: text(claims["oid"]),
        subscriptionId,
        tenantId: text(claims["tid"]),
    };
};

/** `azure-native:automation:getRunbook` reads an `azure-native:automation:Runbook`. */
const getter = async (token: string, args: Properties, { arm, subscriptionId }: Context): Promise<Properties> => {
    const type = resourceType(token.replace(/:get(\w+)$/, ":$1"));
    const id = idOf(type, args, subscriptionId);
    const body = await arm.get(id, type.apiVersion).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`request failed ${id}: ${why}`, { cause: error });
    });
    return { ...outputsOf(type, body), id: text(body["id"]) || id };
};

/**
 * The plugin's functions: the deployer, its token, and one getter per resource type.
 * @throws when there is no such function, or Azure does not have the resource
 */
export const invokeFunction = async (token: string, args: Properties, context: Context): Promise<Properties> => {
    if (token === "azure-native:authorization:getClientConfig") return clientConfig(context);
    if (token === "azure-native:authorization:getClientToken") return { token: await context.accessToken() };
    if (!/:get\w+$/.test(token)) throw new Error(`Invoke type ${token} not found`);
    return getter(token, args, context);
};
