import type { Properties, Value } from "../values.ts";
import { asArray, lookUp, lookUpMany, sameText, select } from "./look-up.ts";
import type { Fn } from "./look-up.ts";
import { ROWS } from "./rows.ts";
import { outputsOf } from "./wire.ts";

/** What the plugin shows where the directory has nothing. */
const EMPTY: Properties = {
    ...Object.fromEntries(
        ["description", "homepageUrl", "loginUrl", "logoutUrl", "notes", "preferredSingleSignOnMode"].map(name => [
            name,
            "",
        ]),
    ),
    ...Object.fromEntries(
        [
            "alternativeNames",
            "appRoles",
            "notificationEmailAddresses",
            "oauth2PermissionScopes",
            "redirectUris",
            "tags",
        ].map(name => [name, []]),
    ),
};

/** The tags that the plugin shows as features, by the names it gives them. */
const featuresOf = (tags: readonly Value[]): Properties => {
    const [customSingleSignOn, enterprise, gallery, hide] = [
        "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
        "WindowsAzureActiveDirectoryIntegratedApp",
        "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1",
        "HideApp",
    ].map(tag => tags.some(given => sameText(given, tag))) as [boolean, boolean, boolean, boolean];
    return {
        featureTags: [{ customSingleSignOn, enterprise, gallery, hide }],
        features: [
            {
                customSingleSignOnApp: customSingleSignOn,
                enterpriseApplication: enterprise,
                galleryApplication: gallery,
                visibleToUsers: !hide,
            },
        ],
    };
};

const servicePrincipalShape = (body: Properties, beta: Properties): Properties => {
    const row = ROWS["ServicePrincipal"];
    if (row === undefined) throw new Error("the table of resource types has no ServicePrincipal");
    const properties = Object.fromEntries(Object.entries(row.properties).filter(([, { local }]) => local !== true));
    const outputs = outputsOf({ ...row, properties }, body, {});
    const names = Array.isArray(body["servicePrincipalNames"]) ? body["servicePrincipalNames"] : [];
    return {
        ...EMPTY,
        ...outputs,
        ...featuresOf(asArray(body["tags"])),
        samlSingleSignOns: [],
        samlMetadataUrl: beta["samlMetadataUrl"] ?? "",
        servicePrincipalNames: names.filter(name => !sameText(name, body["appId"])),
        id: `/servicePrincipals/${String(body["id"] as string)}`,
    };
};

/** One service principal, by object id, display name or client id. */
export const getServicePrincipal: Fn = async (args, { graph }) => {
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

/** Service principals by any of these, or all of them. */
export const getServicePrincipals: Fn = async (args, { graph }) => {
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
