import type { Entry, Host, Principal, Right } from "../../access/model.ts";
import type { Value } from "./value.ts";

/**
 * A principal with all that the stack gives it. Seen with the whole stack alone. There is one for each managed identity
 * that the stack makes, attaches or gives a right, and for each other principal that holds a right.
 */
export interface IdentitySubject {
    readonly kind: "identity";
    readonly principal: Principal;
    /** Whether the stack makes it. */
    readonly isMade: boolean;
    /** The resources that act with it. */
    readonly hosts: readonly Host[];
    readonly rights: readonly Right[];
    /** The ways to sign in as it from outside. */
    readonly entries: readonly Entry[];
    /** URNs of resources that use it in another way, or are given its ids. */
    readonly mentions: readonly string[];
}

/** A token of another issuer that signs in as an identity or application. */
export interface FederatedCredentialSubject {
    readonly kind: "federated-credential";
    readonly principal: Principal;
    readonly issuer: Value<string>;
    /** undefined where an expression takes its place. */
    readonly subject: Value<string | undefined>;
    /** Expression that claims are matched by: `claims['sub'] matches 'repo:contoso/*'`. */
    readonly expression: Value<string | undefined>;
    readonly audiences: Value<readonly string[]>;
}

/** Whose credential it is, as far as that matters for what to do instead; `setting` where settings are not known. */
export type CredentialSort =
    "application" | "automation" | "key" | "database" | "registry" | "machine" | "generated" | "setting";

/** A password, key or certificate that is kept somewhere and can be copied from there. */
export interface CredentialSubject {
    readonly kind: "credential";
    readonly sort: CredentialSort;
    /** What it is: `password of an application`. */
    readonly what: Value<string>;
}

/** A service that takes keys or accounts of its own beside the sign-ins of Entra, unless that is turned off. */
export interface LocalSignInSubject {
    readonly kind: "local-sign-in";
    /** `storage account`. */
    readonly what: string;
    /** What turns it off: `allowSharedKeyAccess: false`. */
    readonly setting: string;
    readonly localAuthentication: Value<boolean>;
}

/** A service principal that the stack owns. */
export interface ServicePrincipalSubject {
    readonly kind: "service-principal";
    /** The application it stands for, where it is Microsoft's own. */
    readonly firstParty: Value<string | undefined>;
}
