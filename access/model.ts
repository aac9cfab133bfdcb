import type { RoleDefinition } from "./roles.ts";
import type { ScopeKind } from "./scope.ts";
import type { Tier } from "./tier.ts";

/** Something a plan does not tell before its resources exist, or that a program does not tell at all. */
export interface Undecided {
    /** `'principalId' is not known before its resources exist`. */
    readonly undecided: string;
    /** Of a scope, the resource that it is, or whose managed resource group it is. */
    readonly atOrManagedBy?: Place;
}

export type Decided<T> = T | Undecided;

export type PrincipalKind =
    "system-assigned" | "user-assigned" | "service-principal" | "application" | "user" | "group" | "unknown";

/** Who can hold rights. */
export interface Principal {
    /**
     * The same before and after a deployment: the URN of the resource that makes it (of a system-assigned identity, its
     * host), `object:<id>` for one that the stack does not make, `unknown:<urn of the right>` where nothing tells.
     */
    readonly key: string;
    readonly kind: PrincipalKind;
    /** What people call it: the name of the resource, or the object id. */
    readonly name: string;
    /** Where a user-assigned identity is, so that it shows who may attach or federate it. */
    readonly place?: Place;
    /** Key of the application that a service principal stands for. */
    readonly application?: string;
}

/** Where a resource is, or where a role is assigned. */
export interface Place {
    readonly kind: ScopeKind;
    /** Resource id in lower case, where it is known. */
    readonly id?: string;
    /** URN of the resource of the stack that it is. */
    readonly urn?: string;
    /** Type of a resource in lower case, as in its id: `microsoft.automation/automationaccounts`. */
    readonly type?: string;
    /** Its own name in lower case, where it is known: of a resource group before its id is. */
    readonly name?: string;
    /** The place around it. */
    readonly within?: Place;
}

/** A resource whose code acts with the identities attached to it. */
export interface Host {
    /** URN. */
    readonly key: string;
    readonly name: string;
    readonly place: Place;
    /** Keys of principals. */
    readonly identities: readonly string[];
    /**
     * Of a cluster, those among them that its machines act with: what runs in it gets to them, and not to the one that
     * Azure manages the cluster with.
     */
    readonly machines?: readonly string[];
    /** What it runs that is kept in another resource of the stack. */
    readonly sources?: readonly CodeSource[];
    /** Keys of the principals that the resource itself names as its administrators. */
    readonly administrators?: readonly string[];
    /** Of a cluster without Entra ID: the credential that its users can list is its administrator's. */
    readonly openToUsers?: true;
}

/**
 * What kind of thing is kept elsewhere: a package or a share that code is run from; an account that it is among the
 * contents of, or was taken from once; an image that is run, or one that may be.
 */
export type SourceKind = "package" | "share" | "account" | "image" | "pulled";

/** What a host runs and another resource keeps: who may write there becomes the host. */
export interface CodeSource {
    readonly kind: SourceKind;
    readonly place: Place;
    /** Of storage that takes no account key. */
    readonly keyless?: true;
}

interface RightBase {
    /** The same before and after a deployment: URN of the resource that gives it, with `#n` where it gives several. */
    readonly key: string;
    /** URN of the resource that gives it. */
    readonly urn: string;
    /** Key of the principal that holds it. */
    readonly holder: string;
    readonly tier: Decided<Tier>;
    readonly reason?: string;
    readonly owner?: string;
}

/** An app role of an API. */
export interface PermissionRight extends RightBase {
    readonly kind: "permission";
    /** Name of the API. */
    readonly api: Decided<string>;
    /** Application id of the API, where it is one that the tables know. */
    readonly appId?: string;
    readonly permission: Decided<string>;
    /** The calls it is for, where the program says. */
    readonly calls?: readonly string[];
}

/** A role on a scope. */
export interface RoleRight extends RightBase {
    readonly kind: "role";
    readonly role: Decided<string>;
    readonly definition: Decided<RoleDefinition>;
    readonly scope: Decided<Place>;
    readonly condition?: string;
    /** It has to be activated first. */
    readonly eligible?: true;
    /** The actions it is for, where the program says. */
    readonly actions?: readonly string[];
}

/** A role of the directory. */
export interface DirectoryRoleRight extends RightBase {
    readonly kind: "directory-role";
    readonly role: Decided<string>;
    readonly eligible?: true;
    /** What it is limited to; absent for the whole directory. */
    readonly scope?: string;
}

/** A delegated permission that was consented to for all users, or for one. */
export interface DelegatedRight extends RightBase {
    readonly kind: "delegated";
    readonly api: Decided<string>;
    readonly permission: Decided<string>;
    /** Object id of the user, absent for all users. */
    readonly user?: string;
}

/** Membership of a group: its members have its rights. */
export interface MemberRight extends RightBase {
    readonly kind: "member";
    /** Key of the group. */
    readonly group: string;
}

/** Ownership of an application, service principal or group. */
export interface OwnerRight extends RightBase {
    readonly kind: "owner";
    /** Key of what is owned. */
    readonly of: string;
}

/** An access policy of a key vault. */
export interface VaultRight extends RightBase {
    readonly kind: "vault-policy";
    readonly vault: Place;
    /** `secrets/get`. */
    readonly permissions: readonly string[];
}

/** One right that one principal holds. */
export type Right =
    PermissionRight | RoleRight | DirectoryRoleRight | DelegatedRight | MemberRight | OwnerRight | VaultRight;

/** A way to sign in as a principal from outside. */
export interface Entry {
    /** URN of the resource that opens it, with `#n` where it opens several. */
    readonly key: string;
    readonly urn: string;
    /** Key of the principal that it signs in. */
    readonly principal: string;
    readonly kind: "federated-credential" | "password" | "certificate";
    readonly issuer?: Decided<string>;
    readonly subject?: Decided<string>;
    readonly audiences?: Decided<readonly string[]>;
    /** Key of the principal of the model that a federated credential trusts: one identity signs in as another. */
    readonly trusts?: string;
    /** Key of the host that issues the tokens that a federated credential trusts: a cluster for its workloads. */
    readonly issuedBy?: string;
    /** The key vaults that the password or certificate is kept in. */
    readonly storedIn?: readonly Place[];
}

/** Who can do what on what, as a stack has it or would have it. Lists are in the order of their keys. */
export interface AccessModel {
    readonly principals: readonly Principal[];
    readonly hosts: readonly Host[];
    readonly rights: readonly Right[];
    readonly entries: readonly Entry[];
    /** URN of a resource now, by the one that it had before the plan: of those that the program has renamed or moved. */
    readonly renamed?: Readonly<Record<string, string>>;
}

export const isDecided = <T>(value: Decided<T>): value is T =>
    typeof value !== "object" || value === null || !Object.hasOwn(value, "undecided");
