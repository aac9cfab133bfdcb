/** The identity block of an Azure resource, as Resource Manager returns it. */
export interface ResourceIdentity {
    /** `SystemAssigned`, `UserAssigned`, `SystemAssigned, UserAssigned` or `None`. */
    readonly type: string;
    readonly principalId?: string;
    readonly tenantId?: string;
    readonly userAssignedIdentities?: Readonly<
        Record<string, { readonly principalId: string; readonly clientId: string }>
    >;
}

/** Any Resource Manager resource, nested ones included; its key in the cloud is its lower-cased id. */
export interface ArmResource {
    /** As first written. */
    readonly id: string;
    readonly name: string;
    /** `Microsoft.Automation/automationAccounts/runbooks`. */
    readonly type: string;
    readonly location?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly identity?: ResourceIdentity;
    readonly kind?: string;
    readonly sku?: Readonly<Record<string, unknown>>;
    readonly etag?: string;
    readonly properties: Readonly<Record<string, unknown>>;
    /** Who made it and changed it, when. */
    readonly systemData?: Readonly<Record<string, string>>;
    /** Other properties at the top of the body: `zones`, `plan`, `extendedLocation`. */
    readonly more?: Readonly<Record<string, unknown>>;
    /** What a GET does not show: a virtual machine's power state, a site's application settings. */
    readonly hidden?: Readonly<Record<string, unknown>>;
    /** A runbook's text: the draft being edited and what is published. */
    readonly content?: { readonly draft?: string; readonly published?: string };
}

/** A Role given to a principal on a Scope. */
export interface RoleAssignment {
    readonly id: string;
    /** GUID. */
    readonly name: string;
    readonly scope: string;
    readonly roleDefinitionId: string;
    readonly principalId: string;
    readonly principalType: string;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** A custom role definition; built-in ones come from the fact tables. */
export interface CustomRole {
    readonly id: string;
    /** GUID. */
    readonly name: string;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** An app role as an application or service principal declares it. */
export interface AppRoleRecord {
    readonly id: string;
    readonly value: string;
    readonly displayName: string;
    readonly description: string;
    readonly allowedMemberTypes: readonly string[];
    readonly isEnabled: boolean;
}

/** A service principal (enterprise application, managed identity) of the directory. */
export interface ServicePrincipal {
    readonly id: string;
    readonly appId: string;
    readonly displayName: string;
    readonly servicePrincipalType: "Application" | "ManagedIdentity";
    /** Audiences under which tokens for it are requested: its app id and identifier URIs. */
    readonly servicePrincipalNames: readonly string[];
    /** Empty for first-party APIs: their app roles come from the fact tables. */
    readonly appRoles: readonly AppRoleRecord[];
    /** A managed identity's: `isExplicit=True|False` and the id of its resource. */
    readonly alternativeNames: readonly string[];
    /** Epoch milliseconds; replication delay counts from here. */
    readonly createdAt: number;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** A Permission given to a principal on an API. */
export interface AppRoleAssignment {
    readonly id: string;
    readonly appRoleId: string;
    readonly principalId: string;
    readonly principalType: "ServicePrincipal" | "User" | "Group";
    readonly resourceId: string;
    readonly createdAt: number;
}

/** A user of the directory. */
export interface User {
    readonly id: string;
    readonly displayName: string;
    readonly userPrincipalName: string;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** A group of the directory and the ids of its members. */
export interface Group {
    readonly id: string;
    readonly displayName: string;
    readonly members: readonly string[];
    readonly properties: Readonly<Record<string, unknown>>;
}

/** A client secret of an application: only its hash is kept. */
export interface PasswordRecord {
    readonly keyId: string;
    readonly displayName: string;
    readonly sha256: string;
    readonly hint: string;
    readonly endDateTime: string;
}

/** An outside identity that may sign in as an application. */
export interface FederatedCredential {
    readonly id: string;
    readonly name: string;
    readonly issuer: string;
    readonly subject: string;
    readonly audiences: readonly string[];
    readonly description: string | null;
}

/** An app registration. */
export interface Application {
    readonly id: string;
    readonly appId: string;
    readonly displayName: string;
    readonly appRoles: readonly AppRoleRecord[];
    readonly passwords: readonly PasswordRecord[];
    readonly federatedCredentials?: readonly FederatedCredential[];
    readonly createdAt: number;
    readonly properties: Readonly<Record<string, unknown>>;
}
