/** How one property of a directory object is read and written. */
export interface Property {
    readonly kind: "string" | "boolean" | "number" | "array" | "object";
    /** Where the Graph object has it, `info.marketingUrl`. @default - the property's own name */
    readonly wire?: string;
    readonly required?: true;
    /** Only the directory sets it. */
    readonly computed?: true;
    /** A change replaces the object. */
    readonly replace?: true;
    readonly guid?: true;
    readonly oneOf?: readonly string[];
    readonly default?: string | boolean;
    /** Names inside the value that differ on the wire: SDK name → Graph name. */
    readonly fields?: Readonly<Record<string, string>>;
    /** The value is read as a map from the `value` of the entries at `wire` to their `id`. */
    readonly idsByValue?: true;
    /** The provider alone knows it: it is never sent. */
    readonly local?: true;
}

/** An error on which the plugin repeats a POST, as the directory may not have replicated yet. */
export interface Replay {
    readonly status: number;
    readonly message?: RegExp;
}

/** One resource type of the azuread plugin. */
export interface Row {
    /** Graph path of its collection; a resource's id is this path and the object's own id. */
    readonly collection: string;
    /** As error messages say it. */
    readonly noun: string;
    readonly properties: Readonly<Record<string, Property>>;
    /** Objects that must exist before a create, each read first. */
    readonly reads?: readonly string[];
    readonly replay?: readonly Replay[];
    /** How to find an object that exists already, and the input that adopts it. */
    readonly existing?: { readonly filter: string; readonly adoptedBy: string };
    /** Ids of earlier plugin versions, brought to today's form. */
    readonly formerIds?: { readonly pattern: RegExp; readonly id: string };
}

const TEXT: Property = { kind: "string" };
const FLAG: Property = { kind: "boolean" };
const READ: Property = { kind: "string", computed: true };
const GUID: Property = { kind: "string", required: true, replace: true, guid: true };
const LIST: Property = { kind: "array" };

const ENABLED = { enabled: "isEnabled" };

/**
 * The resource types the stand-in serves, by token without package.
 * Sources: the SDK of azuread 6.9 and https://github.com/hashicorp/terraform-provider-azuread/tree/main/internal/services
 */
export const ROWS: Readonly<Record<string, Row>> = {
    AppRoleAssignment: {
        collection: "/servicePrincipals/{resourceObjectId}/appRoleAssignedTo",
        noun: "app role assignment",
        reads: ["/servicePrincipals/{resourceObjectId}"],
        replay: [{ status: 404 }, { status: 400, message: /Not a valid reference update/ }],
        formerIds: {
            pattern: /^([^/]+)\/appRoleAssignment\/([^/]+)$/,
            id: "/servicePrincipals/$1/appRoleAssignedTo/$2",
        },
        properties: {
            appRoleId: GUID,
            principalObjectId: { ...GUID, wire: "principalId" },
            resourceObjectId: { ...GUID, wire: "resourceId" },
            principalDisplayName: READ,
            principalType: READ,
            resourceDisplayName: READ,
        },
    },
    Application: {
        collection: "/applications",
        noun: "application",
        properties: {
            displayName: { ...TEXT, required: true },
            api: {
                kind: "object",
                fields: { ...ENABLED, mappedClaimsEnabled: "acceptMappedClaims" },
            },
            appRoles: { ...LIST, fields: ENABLED },
            description: TEXT,
            deviceOnlyAuthEnabled: { ...FLAG, wire: "isDeviceOnlyAuthSupported" },
            fallbackPublicClientEnabled: { ...FLAG, wire: "isFallbackPublicClient" },
            identifierUris: LIST,
            marketingUrl: { ...TEXT, wire: "info.marketingUrl" },
            notes: TEXT,
            owners: { ...LIST, local: true },
            preventDuplicateNames: { ...FLAG, local: true },
            privacyStatementUrl: { ...TEXT, wire: "info.privacyStatementUrl" },
            publicClient: { kind: "object" },
            requiredResourceAccesses: {
                ...LIST,
                wire: "requiredResourceAccess",
                fields: { resourceAccesses: "resourceAccess" },
            },
            serviceManagementReference: TEXT,
            signInAudience: {
                ...TEXT,
                default: "AzureADMyOrg",
                oneOf: [
                    "AzureADMyOrg",
                    "AzureADMultipleOrgs",
                    "AzureADandPersonalMicrosoftAccount",
                    "PersonalMicrosoftAccount",
                ],
            },
            singlePageApplication: { kind: "object", wire: "spa" },
            supportUrl: { ...TEXT, wire: "info.supportUrl" },
            tags: LIST,
            termsOfServiceUrl: { ...TEXT, wire: "info.termsOfServiceUrl" },
            web: { kind: "object", fields: { homepageUrl: "homePageUrl", implicitGrant: "implicitGrantSettings" } },
            appRoleIds: { kind: "object", computed: true, wire: "appRoles", idsByValue: true },
            clientId: { ...READ, wire: "appId" },
            disabledByMicrosoft: { ...READ, wire: "disabledByMicrosoftStatus" },
            oauth2PermissionScopeIds: {
                kind: "object",
                computed: true,
                wire: "api.oauth2PermissionScopes",
                idsByValue: true,
            },
            objectId: { ...READ, wire: "id" },
            publisherDomain: READ,
        },
    },
    ServicePrincipal: {
        collection: "/servicePrincipals",
        noun: "service principal",
        existing: { filter: "appId eq '{clientId}'", adoptedBy: "useExisting" },
        replay: [
            { status: 400, message: /The appId '.+' of the service principal does not reference a valid application/ },
        ],
        properties: {
            clientId: { ...GUID, wire: "appId" },
            accountEnabled: { ...FLAG, default: true },
            alternativeNames: LIST,
            appRoleAssignmentRequired: { ...FLAG, default: false },
            description: TEXT,
            loginUrl: TEXT,
            notes: TEXT,
            notificationEmailAddresses: LIST,
            owners: { ...LIST, local: true },
            preferredSingleSignOnMode: TEXT,
            tags: LIST,
            useExisting: { ...FLAG, local: true },
            appRoleIds: { kind: "object", computed: true, wire: "appRoles", idsByValue: true },
            appRoles: { ...LIST, computed: true, fields: ENABLED },
            applicationTenantId: { ...READ, wire: "appOwnerOrganizationId" },
            displayName: READ,
            homepageUrl: { ...READ, wire: "homepage" },
            logoutUrl: READ,
            oauth2PermissionScopeIds: {
                kind: "object",
                computed: true,
                wire: "oauth2PermissionScopes",
                idsByValue: true,
            },
            oauth2PermissionScopes: { ...LIST, computed: true, fields: ENABLED },
            objectId: { ...READ, wire: "id" },
            redirectUris: { ...LIST, computed: true, wire: "replyUrls" },
            servicePrincipalNames: { ...LIST, computed: true },
            signInAudience: READ,
            type: { ...READ, wire: "servicePrincipalType" },
        },
    },
};
