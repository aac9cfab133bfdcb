import type { Input, Output } from "@pulumi/pulumi";
import type { ExistingIdentity } from "./existing-identity.ts";

/** A token of another issuer that the identity accepts instead of a secret. */
export interface FederatedCredentialArgs {
    readonly name: string;
    /** `https://token.actions.githubusercontent.com` */
    readonly issuer: string;
    /** `repo:contoso/reports:environment:production` */
    readonly subject: string;
    /**
     * @default - `api://AzureADTokenExchange`
     */
    readonly audience?: string;
}

/** An identity that is a resource of its own. */
export interface UserAssignedArgs {
    readonly resourceGroupName: Input<string>;
    /** @default - the component's name */
    readonly identityName?: string;
    /** @default - the resource group's */
    readonly location?: string;
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
    /** @default - none */
    readonly federatedCredentials?: readonly FederatedCredentialArgs[];
}

/** Any Azure resource that was made with a system-assigned identity. */
export interface IdentityOwner {
    readonly id: Output<string>;
    readonly identity: Output<{ readonly principalId?: string; readonly tenantId?: string } | undefined>;
}

/** Just one of the three. */
export interface ManagedIdentityArgs {
    /** Makes a user-assigned identity. */
    readonly userAssigned?: UserAssignedArgs;
    /** Reads the system-assigned identity of a resource of the program. */
    readonly systemAssignedOf?: IdentityOwner;
    /** Reads an identity that exists outside of the program. */
    readonly existing?: ExistingIdentity;
}
