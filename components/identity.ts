import { type Input, output, type Output, type Resource, runtime, unknown } from "@pulumi/pulumi";
import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { REPLACED_FIRST } from "./replaced-first.ts";
import { readIdentity } from "./existing-identity.ts";
import type { FederatedCredentialArgs, IdentityOwner, ManagedIdentityArgs, UserAssignedArgs } from "./identity-args.ts";
import { withHooks } from "./hooks/with-hooks.ts";
import { passingHook } from "./hooks/passing.ts";

const FORMS = ["userAssigned", "systemAssignedOf", "existing"] as const;

/** The component that an identity's resources belong to. */
interface Owner {
    readonly resource: Resource;
    /** Name of the component. */
    readonly name: string;
}

/** A managed identity, made or read. */
export interface Identity {
    /** Object id of the identity's service principal: who grants are given to. */
    readonly principalId: Output<string>;
    /** Application id, by which code picks one of several identities; undefined where it is not known. */
    readonly clientId: Output<string | undefined>;
    /** Resource id: of the identity when user-assigned, else of the resource it belongs to; undefined where it is not known. */
    readonly resourceId: Output<string | undefined>;
    /** The resource that makes the identity; undefined for one that exists already. */
    readonly source: Resource | undefined;
}

/**
 * Makes or reads the identity that is meant.
 * @throws when not just one of the arguments is given.
 */
export const identityFor = (owner: Owner, args: ManagedIdentityArgs): Identity => {
    const given = FORMS.filter(form => args[form] !== undefined);
    if (given.length !== 1)
        throw new Error(`${owner.name}: expected one of ${FORMS.join(", ")}, got ${given.join(", ") || "none"}`);
    if (args.userAssigned) return userAssigned(owner, args.userAssigned);
    if (args.systemAssignedOf) return systemAssigned(owner.name, args.systemAssignedOf);
    return { ...readIdentity(args.existing ?? {}), source: undefined };
};

/** What the `identity` of a resource is set to, to run as a user-assigned identity. */
export interface Attachment {
    readonly type: "UserAssigned";
    readonly userAssignedIdentities: Output<string[]>;
}

/** Attaches a user-assigned identity; its output fails for any other. */
export const attachmentOf = ({ resourceId }: Pick<Identity, "resourceId">): Attachment => ({
    type: "UserAssigned",
    userAssignedIdentities: resourceId.apply(id => {
        if (!id || !/\/userAssignedIdentities\//i.test(id)) {
            throw new Error(`'${id}' is no user-assigned identity, so no other resource can run as it`);
        }
        return [id];
    }),
});

const userAssigned = (owner: Owner, args: UserAssignedArgs): Identity => {
    const { resource, name } = owner;
    const { resourceGroupName, location, tags, federatedCredentials = [] } = args;
    const identity = new UserAssignedIdentity(
        `${name}-identity`,
        {
            resourceGroupName,
            resourceName: args.identityName ?? name,
            ...(location !== undefined && { location }),
            ...(tags && { tags }),
        },
        { parent: resource, ...REPLACED_FIRST },
    );
    federate(owner, resourceGroupName, identity, federatedCredentials);
    return {
        principalId: identity.principalId,
        clientId: identity.clientId as Output<string | undefined>,
        resourceId: identity.id as Output<string | undefined>,
        source: identity,
    };
};

/** One after another: an identity refuses concurrent writes of its credentials. */
const federate = (
    { resource, name }: Owner,
    resourceGroupName: Input<string>,
    identity: UserAssignedIdentity,
    credentials: readonly FederatedCredentialArgs[],
): void => {
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
                parent: resource,
                deleteBeforeReplace: true,
                dependsOn: previous ? [previous] : [],
                ...withHooks(() => ({ onError: [passingHook()] })),
            },
        );
    }
};

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
