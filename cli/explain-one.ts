import { MICROSOFT_GRAPH, apis, appRoles, findApi, findAppRole } from "../access/apis.ts";
import type { AppRole } from "../access/apis.ts";
import { ARM_METHODS } from "../access/arm-path.ts";
import { actionTier, nearestAction } from "../access/azure-actions.ts";
import { roleExtent } from "../access/azure-extent.ts";
import { readNeed } from "../access/azure-needs.ts";
import { allowing, formatCall, parseCall } from "../access/calls.ts";
import { callsOf, nearestCmdlet } from "../access/cmdlets.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { METHODS } from "../access/method.ts";
import { openedCalls } from "../access/opened-calls.ts";
import { canAssignRoles } from "../access/role-assigning.ts";
import { findRole, roleAllows, roles } from "../access/roles.ts";
import type { RoleDefinition } from "../access/roles.ts";
import type {
    ActionAnswer,
    Answer,
    CallAnswer,
    CmdletAnswer,
    PermissionAnswer,
    RoleAnswer,
} from "./explain-answers.ts";
import { actionsAnswer, callsAnswer } from "./explain-list.ts";

const TWO_WORDS = /^([a-z]+)\s+(\S+)$/i;
const CMDLET = /^[a-z]+-mg\w+$/i;
const ARM_CALL =
    /^[a-z]+\s+(https?:\/\/management\.|\/providers(\/|$)|\/subscriptions\/[^/]+\/(resourceGroups|providers|resources|locations|tagNames)\b)/i;

const isCall = (text: string): boolean => {
    const [, word = "", target = ""] = TWO_WORDS.exec(text) ?? [];
    return [...METHODS, ...ARM_METHODS].includes(word.toUpperCase()) || /^(\/|https?:)/i.test(target);
};

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

const explainCmdlet = (name: string): CmdletAnswer => {
    const calls = callsOf(name);
    if (calls === undefined) {
        const near = nearestCmdlet(name);
        throw new Error(`unknown cmdlet '${name}'${near === undefined ? "" : `; did you mean '${near}'?`}`);
    }
    return {
        kind: "cmdlet",
        name,
        calls: calls.map(call => {
            const { permissions, unmatched } = solveGraph([call]);
            return {
                call: formatCall(call),
                permissions: permissions.map(each => each.name),
                why: unmatched[0]?.why ?? null,
            };
        }),
    };
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
            nearest: known ? null : (nearestAction(action) ?? null),
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
 * Explains one permission, role, call, cmdlet or action, whichever the text is.
 * @throws Error with the nearest names when it is none
 */
export const explainOne = (text: string, options: { api?: string; allowRoleAssignments?: boolean }): Answer => {
    if (ARM_CALL.test(text)) return explainAction(text, options.allowRoleAssignments ?? false);
    if (isCall(text)) return explainCall(text);
    if (CMDLET.test(text)) return explainCmdlet(text);
    if (text.includes("/") && !/\/roleDefinitions\//i.test(text))
        return explainAction(text, options.allowRoleAssignments ?? false);
    return explainName(text, options.api);
};
