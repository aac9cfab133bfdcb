import type { AppRole } from "../access/apis.ts";
import type { ActionKind } from "../access/azure-actions.ts";
import type { RoleExtent } from "../access/azure-extent.ts";
import type { RoleDefinition } from "../access/roles.ts";
import type { Tier } from "../access/tier.ts";
import type { ActionsContract, CallsContract } from "./explain-list.ts";

export interface PermissionAnswer {
    readonly kind: "permission";
    readonly name: string;
    readonly id: string;
    readonly api: { readonly name: string; readonly appId: string };
    readonly tier: Tier;
    readonly state: AppRole["state"];
    /** Calls it opens; for an API whose calls are not known, absent. */
    readonly reach?: number;
    readonly calls?: readonly string[];
}

export interface RoleAnswer extends RoleExtent {
    readonly kind: "role";
    readonly name: string;
    readonly id: string;
    readonly tier: Tier;
    readonly canAssignRoles: boolean;
    readonly permissions: RoleDefinition["permissions"];
}

/** A Graph call: every way to be allowed it, and the least one. */
export interface CallAnswer extends CallsContract {
    readonly kind: "call";
    readonly call: string;
    readonly allowedBy: readonly (readonly string[])[];
}

/** An Azure action or Resource Manager call. */
export interface ActionAnswer extends ActionsContract {
    readonly kind: "action";
    readonly asked: string;
    readonly actions: readonly {
        readonly action: string;
        readonly kind: ActionKind;
        readonly known: boolean;
        readonly tier: Tier | null;
        /** For an action the tables do not have, the known one it may be meant for. */
        readonly nearest: string | null;
        /** Number of built-in roles that allow it. */
        readonly allowedBy: number;
    }[];
    readonly why: readonly string[];
}

/** A cmdlet of the Microsoft Graph PowerShell SDK: each call it may make, with the least for it. */
export interface CmdletAnswer {
    readonly kind: "cmdlet";
    readonly name: string;
    readonly calls: readonly {
        readonly call: string;
        readonly permissions: readonly string[];
        /** Why no permission allows it, where none does. */
        readonly why: string | null;
    }[];
}

export type Answer = PermissionAnswer | RoleAnswer | CallAnswer | CmdletAnswer | ActionAnswer;
