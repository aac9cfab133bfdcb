import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { type Attachment, attachmentOf, type Identity, identityFor } from "./identity.ts";
import type { ManagedIdentityArgs } from "./identity-args.ts";

/**
 * The managed identity of any Azure resource: its own new one, a shared user-assigned one, or one that exists already.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export class ManagedIdentity extends ComponentResource implements Identity {
    readonly principalId: Output<string>;
    readonly clientId: Output<string | undefined>;
    readonly resourceId: Output<string | undefined>;
    readonly source: Resource | undefined;

    /** @throws when not just one of the arguments is given. */
    constructor(name: string, args: ManagedIdentityArgs, opts?: ComponentResourceOptions) {
        super("leastwise:index:ManagedIdentity", name, {}, opts);
        const { principalId, clientId, resourceId, source } = identityFor({ resource: this, name }, args);
        this.principalId = principalId;
        this.clientId = clientId;
        this.resourceId = resourceId;
        this.source = source;
        this.registerOutputs({ principalId, clientId, resourceId });
    }

    /** What the `identity` of a resource is set to, to run as this user-assigned identity. */
    get attachment(): Attachment {
        return attachmentOf(this);
    }
}
