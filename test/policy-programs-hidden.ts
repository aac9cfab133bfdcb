import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import { ComponentResource, type CustomResourceOptions, type Input, secret } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findRole } from "../access/roles.ts";
import { groupOfProgram, roleId } from "./policy-programs-parts.ts";

class Wrapper extends ComponentResource {}

const OWNER = roleId("Owner");

interface Assigned {
    readonly role: Input<string>;
    readonly scope: Input<string>;
}

/** Assigns roles to one identity, each under a name of its own. */
const assigner = (): ((name: string, assigned: Assigned, options?: CustomResourceOptions) => void) => {
    const { inGroup } = groupOfProgram();
    const identity = new managedidentity.UserAssignedIdentity("identity", { ...inGroup, resourceName: "id-a" });
    let made = 0;
    return (name, { role, scope }, options) => {
        made += 1;
        new authorization.RoleAssignment(
            name,
            {
                roleAssignmentName: `44444444-0000-5000-8000-00000000000${String(made)}`,
                principalId: identity.principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId: role,
                scope,
                description: "deploys",
            },
            options,
        );
    };
};

/** An Owner, and a Reader that was made an Owner before: the program no longer says so, and ignores that it is one. */
export const ignoring =
    (role: string): PulumiFn =>
    async () => {
        const { subscriptionId } = await authorization.getClientConfig();
        const scope = `/subscriptions/${subscriptionId}/resourceGroups/rg-a`;
        assigner()("kept", { role: roleId(role), scope }, { ignoreChanges: ["roleDefinitionId"] });
    };

/** A privileged role, written in the ways that a program can hide it behind. */
export const hidden: PulumiFn = async () => {
    const { subscriptionId } = await authorization.getClientConfig();
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/rg-a`;
    const assign = assigner();
    assign("as-secret", { role: secret(OWNER), scope: secret(scope) });
    assign("in-capitals", { role: OWNER.toUpperCase(), scope: `${scope.toUpperCase()}/` });
    assign("within-subscription", { role: `/subscriptions/${subscriptionId}${OWNER}`, scope });
    assign("bare", { role: findRole("Owner").id, scope });
    assign("protected", { role: OWNER, scope }, { protect: true, retainOnDelete: true });
    assign("of-component", { role: OWNER, scope }, { parent: new Wrapper("contoso:identity:Access", "access") });
    assign("renamed", { role: OWNER, scope }, { aliases: [{ name: "reader" }] });
    assign("versioned", { role: OWNER, scope }, { version: "3.28.0" });
};

/** Resources of `hidden` that hold a privileged role. */
export const HIDDEN: readonly string[] = [
    "as-secret",
    "bare",
    "in-capitals",
    "of-component",
    "protected",
    "renamed",
    "versioned",
    "within-subscription",
].map(name => `azure-role-privileged ${name}`);
