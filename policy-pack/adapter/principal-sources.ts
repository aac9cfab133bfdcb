import type { PrincipalKind } from "../../access/model.ts";
import { identityBlockOf, OF_MACHINES } from "./identity-block.ts";
import type { PlainResource } from "./resource.ts";
import { partOf } from "./value.ts";

/** Resource types that are a principal. */
const PRINCIPALS: Readonly<Record<string, PrincipalKind>> = {
    "azure-native:managedidentity:UserAssignedIdentity": "user-assigned",
    "azure:authorization:UserAssignedIdentity": "user-assigned",
    "azure:msi:UserAssignedIdentity": "user-assigned",
    "azurerm:UserAssignedIdentity": "user-assigned",
    "azuread:Application": "application",
    "azuread:ApplicationFromTemplate": "service-principal",
    "azuread:ApplicationRegistration": "application",
    "azuread:Group": "group",
    "azuread:GroupWithoutMembers": "group",
    "azuread:Invitation": "user",
    "azuread:ServicePrincipal": "service-principal",
    "azuread:User": "user",
};

/** The kind of principal that a resource is by its type alone. */
export const principalKindOf = ({ token }: PlainResource): PrincipalKind | undefined =>
    token === undefined ? undefined : PRINCIPALS[token];

/** Properties of which a resource gets an identity that Azure makes with it, beside `identity`. */
const MADE_WITH = [
    "addonProfiles",
    "ingressApplicationGateway",
    "keyVaultSecretsProvider",
    ...OF_MACHINES,
    "managedDiskIdentity",
    "omsAgent",
    "storageAccountIdentities",
    "storageAccountIdentity",
];
/** Among them those that the program can give an identity for: then it is that one. */
const GIVEN: ReadonlySet<string> = new Set(OF_MACHINES);
const OBJECT_IDS = ["principalId", "objectId"];

const texts = (value: unknown, keys: readonly string[]): readonly string[] =>
    keys.map(key => partOf(value, key)).filter(text => typeof text === "string" && text !== "") as string[];

const blocks = (value: unknown): readonly unknown[] =>
    value === null || typeof value !== "object" ? [] : Object.values(value);

/** Object ids at any of three levels: `kubeletIdentity.objectId`, `identityProfile.kubeletidentity.objectId`. */
const madeWith = (resource: PlainResource): readonly string[] =>
    MADE_WITH.filter(key => !GIVEN.has(key) || !resource.has(key)).flatMap(key => {
        const value = resource.output(key);
        const inner = blocks(value);
        return [value, ...inner, ...inner.flatMap(blocks)].flatMap(each => texts(each, OBJECT_IDS));
    });

/** Object ids of the identities that Azure makes together with a resource: they are one principal, the resource's. */
export const systemIdsOf = (resource: PlainResource): readonly string[] => [
    ...texts(resource.output("identity"), ["principalId"]),
    ...madeWith(resource),
];

const LITERAL = ["id", "principalId", "objectId", "userId", "applicationObjectId", "servicePrincipalObjectId"];

/** Object ids by which others name a principal that the stack makes, where they are known. */
export const objectIdsOf = (resource: PlainResource): readonly string[] =>
    principalKindOf(resource) === undefined
        ? systemIdsOf(resource)
        : LITERAL.flatMap(key => (key === "id" ? resource.id : resource.outputText(key)) ?? []).map(tail);

/** azuread writes some ids as a path: `/applications/1234…`. */
export const tail = (id: string): string =>
    /^\/?(applications|servicePrincipals|groups|users)\//i.test(id) ? (id.split("/").at(-1) ?? id) : id;

/** Ids by which applications and their service principals are named as clients. */
export const clientIdOfPrincipal = (resource: PlainResource): string | undefined =>
    ["clientId", "applicationId"].map(key => resource.outputText(key)).find(text => text !== undefined);

/** Object ids of user-assigned identities that a resource's outputs tell, by resource id in lower case. */
export const attachedObjectIds = (resource: PlainResource): readonly (readonly [id: string, objectId: string])[] => {
    const list = partOf(resource.output("identity"), "userAssignedIdentities");
    if (list === null || typeof list !== "object") return [];
    return Object.entries(list).flatMap(([id, entry]) => {
        const [objectId] = texts(entry, ["principalId"]);
        return objectId === undefined ? [] : [[id.toLowerCase(), objectId.toLowerCase()] as const];
    });
};

/** Whether a resource can have an identity that Azure makes with it. */
export const mayHaveSystemIdentity = (resource: PlainResource): boolean => {
    const block = identityBlockOf(resource);
    if (block !== undefined) return block.system !== false || systemIdsOf(resource).length > 0;
    return resource.token !== undefined && !/^(azuread|leastwise|msgraph):/.test(resource.token);
};
