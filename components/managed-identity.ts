import {
    ComponentResource,
    type ComponentResourceOptions,
    type Input,
    output,
    type Output,
    type Resource,
    runtime,
    unknown,
} from "@pulumi/pulumi";
import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { REPLACED_FIRST } from "./replaced-first.ts";
import { type ExistingIdentity, readIdentity } from "./existing-identity.ts";
import { withHooks } from "./hooks/with-hooks.ts";
import { passingHook } from "./hooks/passing.ts";

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

const FORMS = ["userAssigned", "systemAssignedOf", "existing"] as const;

/**
 * The managed identity of any Azure resource: its own new one, a shared user-assigned one, or one that exists already.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export class ManagedIdentity extends ComponentResource {
    /** Object id of the identity's service principal: who grants are given to. */
    readonly principalId: Output<string>;
    /** Application id, by which code picks one of several identities; undefined where it is not known. */
    readonly clientId: Output<string | undefined>;
    /** Resource id: of the identity when user-assigned, else of the resource it belongs to; undefined where it is not known. */
    readonly resourceId: Output<string | undefined>;
    /** The resource that makes the identity; undefined for one that exists already. */
    readonly source: Resource | undefined;

    /** @throws when not just one of the arguments is given. */
    constructor(name: string, args: ManagedIdentityArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:ManagedIdentity", name, {}, opts);
        const given = FORMS.filter(form => args[form] !== undefined);
        if (given.length !== 1)
            throw new Error(`${name}: expected one of ${FORMS.join(", ")}, got ${given.join(", ") || "none"}`);
        const made = args.userAssigned && this.#make(name, args.userAssigned);
        const read =
            made ??
            (args.systemAssignedOf ? systemAssigned(name, args.systemAssignedOf) : readIdentity(args.existing ?? {}));
        this.source = made?.source;
        this.principalId = read.principalId;
        this.clientId = read.clientId;
        this.resourceId = read.resourceId;
        this.registerOutputs({ principalId: this.principalId, clientId: this.clientId, resourceId: this.resourceId });
    }

    /** What the `identity` of a resource is set to, to run as this user-assigned identity. */
    get attachment(): { type: "UserAssigned"; userAssignedIdentities: Output<string[]> } {
        const userAssignedIdentities = this.resourceId.apply(id => {
            if (!id || !/\/userAssignedIdentities\//i.test(id)) {
                throw new Error(`'${id}' is no user-assigned identity, so no other resource can run as it`);
            }
            return [id];
        });
        return { type: "UserAssigned", userAssignedIdentities };
    }

    #make(name: string, args: UserAssignedArgs) {
        const { resourceGroupName, location, tags, federatedCredentials = [] } = args;
        const identity = new UserAssignedIdentity(
            `${name}-identity`,
            {
                resourceGroupName,
                resourceName: args.identityName ?? name,
                ...(location !== undefined && { location }),
                ...(tags && { tags }),
            },
            { parent: this, ...REPLACED_FIRST },
        );
        this.#federate(name, resourceGroupName, identity, federatedCredentials);
        return {
            principalId: identity.principalId,
            clientId: identity.clientId as Output<string | undefined>,
            resourceId: identity.id as Output<string | undefined>,
            source: identity,
        };
    }

    /** One after another: an identity refuses concurrent writes of its credentials. */
    #federate(
        name: string,
        resourceGroupName: Input<string>,
        identity: UserAssignedIdentity,
        credentials: readonly FederatedCredentialArgs[],
    ): void {
        let previous: Resource | undefined;
        for (const { name: credentialName, issuer, subject, audience } of credentials) {
            previous = new FederatedIdentityCredential(
                `${name}-federation-${credentialName}`,
                {
                    resourceGroupName,
                    resourceName: identity.name,
                    federatedIdentityCredentialResourceName: credentialName,
                    issuer,
                    subject,
                    audiences: [audience ?? "api://AzureADTokenExchange"],
                },
                {
                    parent: this,
                    deleteBeforeReplace: true,
                    dependsOn: previous ? [previous] : [],
                    ...withHooks(() => ({ onError: [passingHook()] })),
                },
            );
        }
    }
}

/** At preview azure-native repeats the identity that was asked for, which has no principal yet. */
const principalOf = (name: string, principalId: string | undefined): string => {
    if (principalId) return principalId;
    if (runtime.isDryRun()) return unknown as unknown as string;
    throw new Error(
        `${name}: the resource has no system-assigned identity; set its identity to { type: "SystemAssigned" }`,
    );
};

const systemAssigned = (name: string, { id, identity }: IdentityOwner) => ({
    principalId: identity.apply(found => principalOf(name, found?.principalId)),
    clientId: output<string | undefined>(undefined),
    resourceId: id as Output<string | undefined>,
    source: undefined,
});
