import { MICROSOFT_GRAPH, apis, appRoles, findApi, findAppRole } from "../access/apis.ts";
import type { AppRole } from "../access/apis.ts";
import { actionTier } from "../access/azure-actions.ts";
import type { ActionKind } from "../access/azure-actions.ts";
import { readNeed } from "../access/azure-needs.ts";
import { roleExtent } from "../access/azure-extent.ts";
import type { RoleExtent } from "../access/azure-extent.ts";
import { allowing, formatCall, parseCall } from "../access/calls.ts";
import { openedCalls } from "../access/opened-calls.ts";
import { canAssignRoles } from "../access/role-assigning.ts";
import { findRole, roleAllows, roles } from "../access/roles.ts";
import type { RoleDefinition } from "../access/roles.ts";
import type { Tier } from "../access/tier.ts";
import { actionsAnswer, callsAnswer } from "./explain-list.ts";
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
        /** Number of built-in roles that allow it. */
        readonly allowedBy: number;
    }[];
    readonly why: readonly string[];
}

export type Answer = PermissionAnswer | RoleAnswer | CallAnswer | ActionAnswer;

const CALL = /^[a-z]+\s+(\/|https?:)/i;
const ARM_CALL =
    /^[a-z]+\s+(https?:\/\/management\.|\/providers(\/|$)|\/subscriptions\/[^/]+\/(resourceGroups|providers|resources|locations|tagNames)\b)/i;

const explainPermission = (role: AppRole): PermissionAnswer => {
    const { name, id, api, tier, state } = role;
    const calls = api.appId === MICROSOFT_GRAPH ? openedCalls(name) : undefined;
    return {
        kind: "permission",
        name,
        id,
        api,
        tier,
        state,
        ...(calls === undefined ? {} : { reach: calls.length, calls }),
    };
};

const explainRole = (role: RoleDefinition): RoleAnswer => ({
    kind: "role",
    name: role.name,
    id: role.id,
    tier: role.tier,
    canAssignRoles: canAssignRoles(role),
    ...roleExtent(role),
    permissions: role.permissions,
});

const explainCall = (text: string): CallAnswer => {
    const call = parseCall(text);
    return { kind: "call", call: formatCall(call), allowedBy: allowing(call), ...callsAnswer([text]).contract };
};

const explainAction = (text: string, allowRoleAssignments: boolean): ActionAnswer => {
    const needs = readNeed(text);
    const { contract, solution } = actionsAnswer([text], allowRoleAssignments);
    return {
        kind: "action",
        asked: text,
        actions: needs.map(({ action, kind, known }) => ({
            action,
            kind,
            known,
            tier: actionTier(action, kind) ?? null,
            allowedBy: roles().filter(role => roleAllows(role, action, kind)).length,
        })),
        ...contract,
        why: solution.unusable.map(({ why }) => why),
    };
};

const attempt = <T>(find: () => T): T | Error => {
    try {
        return find();
    } catch (error) {
        return error as Error;
    }
};

const explainName = (name: string, api: string | undefined): Answer => {
    const permission = attempt(() => findAppRole(findApi(api ?? MICROSOFT_GRAPH).appId, name));
    if (!(permission instanceof Error)) return explainPermission(permission);
    if (api !== undefined) throw permission;
    const elsewhere = apis().filter(({ appId }) =>
        appRoles(appId).some(role => role.name.toLowerCase() === name.toLowerCase()),
    );
    if (elsewhere.length > 0) {
        const names = elsewhere.map(other => `'${other.name}'`).join(", ");
        throw new Error(`permission '${name}' is not of Microsoft Graph but of ${names}; expected --api with the name`);
    }
    const role = attempt(() => findRole(name));
    if (!(role instanceof Error)) return explainRole(role);
    if (!permission.message.startsWith("unknown")) throw permission;
    if (!role.message.startsWith("unknown")) throw role;
    throw new Error(`${permission.message}\n${role.message}`);
};

/**
 * Explains one permission, role, call or action, whichever the text is.
 * @throws Error with the nearest names when it is none
 */
export const explainOne = (text: string, options: { api?: string; allowRoleAssignments?: boolean }): Answer => {
    if (ARM_CALL.test(text)) return explainAction(text, options.allowRoleAssignments ?? false);
    if (CALL.test(text)) return explainCall(text);
    if (text.includes("/") && !/\/roleDefinitions\//i.test(text))
        return explainAction(text, options.allowRoleAssignments ?? false);
    return explainName(text, options.api);
};
