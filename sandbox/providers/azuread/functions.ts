import { decodeJwt } from "jose";
import type { Properties } from "../values.ts";
import type { Context, Fn } from "./look-up.ts";
import { getGroup, getUser, getUsers } from "./people.ts";
import { getServicePrincipal, getServicePrincipals } from "./service-principals.ts";

const getClientConfig: Fn = async (_args, { accessToken }) => {
    const claims = decodeJwt(await accessToken());
    const [tenantId, clientId, objectId] = [claims["tid"], claims["appid"] ?? claims["azp"], claims["oid"]].map(String);
    return {
        id: `${tenantId}-${clientId}-${objectId}`,
        tenantId: tenantId ?? "",
        clientId: clientId ?? "",
        objectId: objectId ?? "",
    };
};

/** Names as the plugin spells them. */
const PUBLISHED: Properties = {
    AzureServiceManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    DynamicsErp: "00000015-0000-0000-c000-000000000000",
    Microsoft365DataAtRestEncryption: "c066d759-24ae-40e7-a56f-027002b5d3e4",
    MicrosoftGraph: "00000003-0000-0000-c000-000000000000",
    Office365ExchangeOnline: "00000002-0000-0ff1-ce00-000000000000",
    Office365Management: "c5393580-f805-4401-95e8-94b7a6ef2fc2",
    Office365SharePointOnline: "00000003-0000-0ff1-ce00-000000000000",
    PowerBiService: "00000009-0000-0000-c000-000000000000",
    AzureKeyVault: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    AzureStorage: "e406a681-f3d4-42a8-90b6-c2b029497af1",
    WindowsAzureActiveDirectory: "00000002-0000-0000-c000-000000000000",
};

const FUNCTIONS: Readonly<Record<string, Fn>> = {
    getApplicationPublishedAppIds: () => Promise.resolve({ id: "appIds", result: PUBLISHED }),
    getClientConfig,
    getGroup,
    getServicePrincipal,
    getServicePrincipals,
    getUser,
    getUsers,
};

/**
 * The plugin's functions, `azuread:index/getServicePrincipal:getServicePrincipal` and the like.
 * @throws when there is no such function, or the directory has no such object
 */
export const invokeFunction = async (token: string, args: Properties, context: Context): Promise<Properties> => {
    const call = FUNCTIONS[token.split(":").at(-1) ?? ""];
    if (call === undefined) throw new Error(`unrecognized data function (Invoke): ${token}`);
    return Object.fromEntries(
        Object.entries({ ...args, ...(await call(args, context)) }).filter(([, v]) => v !== null),
    );
};
