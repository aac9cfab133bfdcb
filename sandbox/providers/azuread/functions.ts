import { decodeJwt } from "jose";
import type { Properties, Value } from "../values.ts";
import type { GraphClient } from "./graph-client.ts";
import { ROWS } from "./rows.ts";
import { outputsOf } from "./wire.ts";

interface Context {
    readonly graph: GraphClient;
    readonly accessToken: () => Promise<string>;
}

type Fn = (args: Properties, context: Context) => Promise<Properties>;

const quote = (value: Value): string => String(value as string).replaceAll("'", "''");

const query = (parameters: Readonly<Record<string, string>>): string => `?${new URLSearchParams(parameters)}`;

const sameText = (a: unknown, b: unknown): boolean =>
    typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();

const one = async (
    graph: GraphClient,
    collection: string,
    field: string,
    value: Value,
    noun: string,
): Promise<Properties> => {
    const filter = `${field} eq '${quote(value)}'`;
    const found = await graph.list(collection + query({ $filter: filter }), `Listing ${noun}s for filter "${filter}"`);
    const exact = found.filter(object => sameText(object[field], value));
    const title = noun.charAt(0).toUpperCase() + noun.slice(1);
    if (exact.length > 1)
        throw new Error(`Multiple ${noun}s found: found multiple ${noun}s matching filter: "${filter}"`);
    const [only] = exact;
    if (only === undefined) throw new Error(`${title} not found: no ${noun}s found matching filter: "${filter}"`);
    return only;
};

const byId = async (graph: GraphClient, collection: string, id: Value, noun: string): Promise<Properties> => {
    const path = `${collection}/${encodeURIComponent(String(id as string))}`;
    const found = await graph.find(path, `Retrieving ${noun} with object ID "${String(id as string)}"`);
    if (found === undefined) throw new Error(`${noun} with object ID "${String(id as string)}" was not found`);
    return found;
};

/** Finds an object by the first of the arguments that is set. */
const lookUp = async (
    graph: GraphClient,
    collection: string,
    noun: string,
    args: Properties,
    keys: Readonly<Record<string, string>>,
): Promise<Properties> => {
    for (const [argument, field] of Object.entries(keys)) {
        const value = args[argument];
        if (value === undefined) continue;
        return field === "id" ? byId(graph, collection, value, noun) : one(graph, collection, field, value, noun);
    }
    const names = Object.keys(keys).map(key => `"${key}"`);
    throw new Error(`one of ${names.join(", ")} must be specified`);
};

const servicePrincipalShape = (body: Properties, beta: Properties): Properties => {
    const row = ROWS["ServicePrincipal"];
    if (row === undefined) throw new Error("the table of resource types has no ServicePrincipal");
    const empty: Properties = { alternativeNames: [], appRoles: [], oauth2PermissionScopes: [], tags: [] };
    const properties = Object.fromEntries(Object.entries(row.properties).filter(([, { local }]) => local !== true));
    const outputs = outputsOf({ ...row, properties }, body, {});
    const names = Array.isArray(body["servicePrincipalNames"]) ? body["servicePrincipalNames"] : [];
    return {
        ...empty,
        ...outputs,
        features: [],
        featureTags: [],
        samlSingleSignOns: [],
        samlMetadataUrl: beta["samlMetadataUrl"] ?? "",
        servicePrincipalNames: names.filter(name => !sameText(name, body["appId"])),
        id: `/servicePrincipals/${String(body["id"] as string)}`,
    };
};

const getServicePrincipal: Fn = async (args, { graph }) => {
    const keys = { objectId: "id", displayName: "displayName", clientId: "appId" };
    const body = await lookUp(graph, "/servicePrincipals", "service principal", args, keys);
    const path = `/beta/servicePrincipals/${String(body["id"] as string)}?$select=samlMetadataUrl`;
    const beta = (await graph.find(path, "Retrieving service principal (beta API)")) ?? {};
    return servicePrincipalShape(body, beta);
};

const SUMMARY: Readonly<Record<string, string>> = {
    accountEnabled: "accountEnabled",
    appRoleAssignmentRequired: "appRoleAssignmentRequired",
    applicationTenantId: "appOwnerOrganizationId",
    clientId: "appId",
    displayName: "displayName",
    objectId: "id",
    preferredSingleSignOnMode: "preferredSingleSignOnMode",
    samlMetadataUrl: "samlMetadataUrl",
    servicePrincipalNames: "servicePrincipalNames",
    signInAudience: "signInAudience",
    tags: "tags",
    type: "servicePrincipalType",
};

const select = (body: Properties, names: Readonly<Record<string, string>>): Properties =>
    Object.fromEntries(Object.entries(names).map(([name, wire]) => [name, body[wire] ?? null]));

const asArray = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);

/** Looks objects up one by one over the given arguments, or all of them with `returnAll`. */
const lookUpMany = async (
    graph: GraphClient,
    collection: string,
    noun: string,
    args: Properties,
    keys: Readonly<Record<string, string>>,
): Promise<Properties[]> => {
    if (args["returnAll"] === true) return graph.list(collection, `Could not retrieve ${noun}s`);
    const found: Properties[] = [];
    for (const [argument, field] of Object.entries(keys))
        for (const value of asArray(args[argument])) {
            const object = lookUp(graph, collection, noun, { key: value }, { key: field });
            const ignoring = args["ignoreMissing"] === true ? object.catch(() => undefined) : object;
            const result = await ignoring;
            if (result !== undefined) found.push(result);
        }
    return found;
};

const getServicePrincipals: Fn = async (args, { graph }) => {
    const keys = { objectIds: "id", clientIds: "appId", displayNames: "displayName" };
    const found = await lookUpMany(graph, "/servicePrincipals", "service principal", args, keys);
    const column = (field: string): Value[] => found.map(object => object[field] ?? "");
    return {
        id: "servicePrincipals",
        clientIds: column("appId"),
        displayNames: column("displayName"),
        objectIds: column("id"),
        servicePrincipals: found.map(object => select(object, SUMMARY)),
    };
};

const USER: Readonly<Record<string, string>> = {
    accountEnabled: "accountEnabled",
    displayName: "displayName",
    employeeId: "employeeId",
    mail: "mail",
    mailNickname: "mailNickname",
    objectId: "id",
    onpremisesImmutableId: "onPremisesImmutableId",
    usageLocation: "usageLocation",
    userPrincipalName: "userPrincipalName",
};
const USER_KEYS = {
    userPrincipalName: "userPrincipalName",
    objectId: "id",
    mail: "mail",
    mailNickname: "mailNickname",
};

const getUser: Fn = async (args, { graph }) => {
    const body = await lookUp(graph, "/users", "user", args, { ...USER_KEYS, employeeId: "employeeId" });
    const more = {
        department: "department",
        givenName: "givenName",
        jobTitle: "jobTitle",
        surname: "surname",
        userType: "userType",
    };
    return { ...select(body, { ...USER, ...more }), id: `/users/${String(body["id"] as string)}` };
};

const getUsers: Fn = async (args, { graph }) => {
    const keys = {
        userPrincipalNames: "userPrincipalName",
        objectIds: "id",
        mails: "mail",
        mailNicknames: "mailNickname",
        employeeIds: "employeeId",
    };
    const found = await lookUpMany(graph, "/users", "user", args, keys);
    const column = (field: string): Value[] => found.map(object => object[field] ?? "");
    const columns = Object.entries(keys).map(([plural, field]) => [plural, column(field)]);
    return { id: "users", ...Object.fromEntries(columns), users: found.map(object => select(object, USER)) };
};

const getGroup: Fn = async (args, { graph }) => {
    const keys = { objectId: "id", displayName: "displayName", mailNickname: "mailNickname" };
    const body = await lookUp(graph, "/groups", "group", args, keys);
    const names = {
        description: "description",
        displayName: "displayName",
        mail: "mail",
        mailEnabled: "mailEnabled",
        mailNickname: "mailNickname",
        objectId: "id",
        securityEnabled: "securityEnabled",
        types: "groupTypes",
    };
    return { ...select(body, names), id: `/groups/${String(body["id"] as string)}` };
};

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
