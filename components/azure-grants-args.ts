import type { Input, Resource } from "@pulumi/pulumi";

interface RoleOnScope {
    /** Resource id the role is assigned on. Plain, so that a preview and a policy see it. */
    readonly scope: string;
    /**
     * The resource that the scope names, when the program makes it, so that it is made first.
     * @default - it exists already
     */
    readonly scopeResource?: Input<Resource>;
    /** @default - none */
    readonly reason?: string;
    /** @default - none */
    readonly owner?: string;
    /**
     * Where the actions are taken that need it, for reports.
     * @default - none
     */
    readonly foundAt?: readonly string[];
    /**
     * Replace an assignment of the same role that exists but is in no state.
     * @default - as the component says
     */
    readonly adopt?: boolean;
}

/** A built-in role by name, GUID or path. */
export interface RoleArgs extends RoleOnScope {
    readonly role: string;
    /**
     * The actions that need the role, for reports.
     * @default - none
     */
    readonly actions?: readonly string[];
}

/** A custom role of exactly these actions and data actions, defined where it is assigned. */
export interface CustomRoleArgs extends RoleOnScope {
    readonly actions: readonly string[];
}

export type AzureGrantArgs = RoleArgs | CustomRoleArgs;

export interface AzureGrantsArgs {
    /** Object id of the identity's service principal. */
    readonly principalId: Input<string>;
    readonly grants: readonly AzureGrantArgs[];
    /**
     * Who holds the grants, as reports name it.
     * @default - the component's name
     */
    readonly identity?: string;
    /**
     * Replace an assignment of the same role that exists but is in no state. Safe for an identity that the program
     * itself makes; each grant can say otherwise.
     * @default - an assignment that exists is an error that says how to take it over
     */
    readonly adopt?: boolean;
}
