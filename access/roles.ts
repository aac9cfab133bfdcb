import { isGuid } from "./guid.ts";
import { knownActions, matcher } from "./azure-actions.ts";
import type { ActionKind } from "./azure-actions.ts";
import { lazy, readFacts } from "./facts.ts";
import { didYouMean, nearest } from "./name.ts";
import type { Tier } from "./tier.ts";

/** One permission block of a role definition. A role allows what any of its blocks allows. */
export interface PermissionBlock {
    readonly actions: readonly string[];
    readonly notActions: readonly string[];
    readonly dataActions: readonly string[];
    readonly notDataActions: readonly string[];
    /** Text of the condition the block holds under. */
    readonly condition?: string;
    /** The actions the condition bears on. Absent beside a condition: every action of the block. */
    readonly guarded?: readonly string[];
}

/** An Azure role definition. */
export interface RoleDefinition {
    /** GUID, the same in every tenant for a built-in role. */
    readonly id: string;
    readonly name: string;
    readonly tier: Tier;
    readonly permissions: readonly PermissionBlock[];
}

type Indices = readonly number[];
type CompiledBlock = readonly [Indices, Indices, Indices, Indices, string?, (readonly string[] | null)?];
interface RoleTable {
    readonly patterns: readonly string[];
    readonly roles: readonly (readonly [string, string, Tier, readonly CompiledBlock[]])[];
}

const table = lazy(() => readFacts<RoleTable>("azure-roles"));

const decodeBlock = (block: CompiledBlock): PermissionBlock => {
    const named = (indices: Indices, kind: ActionKind): string[] =>
        indices.map(at => (at < 0 ? table().patterns[-1 - at] : knownActions(kind).names[at]) ?? "");
    const [actions, notActions, dataActions, notDataActions, condition, guarded] = block;
    return {
        actions: named(actions, "action"),
        notActions: named(notActions, "action"),
        dataActions: named(dataActions, "dataAction"),
        notDataActions: named(notDataActions, "dataAction"),
        ...(condition === undefined ? {} : { condition }),
        ...(guarded === undefined || guarded === null ? {} : { guarded }),
    };
};

const decodeRole = ([id, name, tier, blocks]: RoleTable["roles"][number]): RoleDefinition => {
    const permissions = lazy(() => blocks.map(decodeBlock));
    return {
        id,
        name,
        tier,
        get permissions() {
            return permissions();
        },
    };
};

const builtIn = lazy(() => table().roles.map(decodeRole));

/** Every built-in role, by name. */
export const roles = (): readonly RoleDefinition[] => builtIn();

/** Looks roles up by name (any case) or GUID. */
export type RoleIndex = (nameOrId: string) => RoleDefinition;

const ROLE_PATH = /^.*\/roleDefinitions\//i;

const meantIn = (list: readonly RoleDefinition[], nameOrId: string): string => {
    if (!isGuid(nameOrId))
        return didYouMean(
            nameOrId,
            list.map(({ name }) => name),
        );
    const id = nearest(
        nameOrId,
        list.map(role => role.id),
    );
    const role = list.find(each => each.id === id);
    return role === undefined ? "" : `; did you mean '${role.id}', which is '${role.name}'?`;
};

const meant = new Map<string, string>();

/**
 * `; did you mean 'Reader'?` for what is no built-in role, by name or GUID; nothing where none is near. Each is looked for
 * once: a stack can assign one custom role thousands of times.
 */
export const roleMeantBy = (nameOrId: string): string => {
    const known = meant.get(nameOrId) ?? meantIn(roles(), nameOrId);
    meant.set(nameOrId, known);
    return known;
};

/**
 * An index over any list of roles.
 * @returns a look-up that throws for an unknown name, with the nearest match, and for a name two roles share, with both ids.
 */
export const roleIndex = (list: readonly RoleDefinition[]): RoleIndex => {
    const byKey = Map.groupBy(
        list.flatMap(role => [role.id, role.name].map(key => ({ key: key.toLowerCase(), role }))),
        ({ key }) => key,
    );
    return nameOrId => {
        const key = nameOrId.trim().replace(ROLE_PATH, "").toLowerCase();
        const [found, ...others] = byKey.get(key) ?? [];
        if (found === undefined) {
            throw new Error(`unknown Azure role '${nameOrId}'${meantIn(list, nameOrId)}`);
        }
        if (others.length > 0) {
            const ids = [found, ...others].map(({ role }) => `'${role.id}'`).join(", ");
            throw new Error(`Azure role name '${nameOrId}' is shared by ${ids}; expected one of these ids`);
        }
        return found.role;
    };
};

const index = lazy(() => ({ find: roleIndex(roles()) }));

/**
 * A built-in role by name (any case), GUID or role definition path.
 * @throws Error `unknown Azure role 'Readr'; did you mean 'Reader'?`
 */
export const findRole = (nameOrId: string): RoleDefinition => index().find(nameOrId);

interface Matchers {
    readonly exact: ReadonlySet<string>;
    readonly patterns: readonly ((lowerAction: string) => boolean)[];
}

const matchers = new WeakMap<readonly string[], Matchers>();

const matchersOf = (list: readonly string[]): Matchers => {
    const known = matchers.get(list);
    if (known !== undefined) return known;
    const lower = list.map(action => action.toLowerCase());
    const made = {
        exact: new Set(lower.filter(action => !action.includes("*"))),
        patterns: lower.filter(action => action.includes("*")).map(matcher),
    };
    matchers.set(list, made);
    return made;
};

const matchesAny = (list: readonly string[], lowerAction: string): boolean => {
    if (list.length === 0) return false;
    const { exact, patterns } = matchersOf(list);
    return exact.has(lowerAction) || patterns.some(matches => matches(lowerAction));
};

const inBlock = (block: PermissionBlock, lowerAction: string, kind: ActionKind): boolean => {
    const [allowed, excluded] =
        kind === "action" ? [block.actions, block.notActions] : [block.dataActions, block.notDataActions];
    return matchesAny(allowed, lowerAction) && !matchesAny(excluded, lowerAction);
};

const isGuarded = ({ condition, guarded }: PermissionBlock, lowerAction: string): boolean =>
    condition !== undefined && (guarded === undefined || matchesAny(guarded, lowerAction));

/** Whether a role allows an action whatever the request: in some block, not excluded there, under no condition. */
export const roleAllows = (role: RoleDefinition, action: string, kind: ActionKind): boolean => {
    const lower = action.toLowerCase();
    return role.permissions.some(block => inBlock(block, lower, kind) && !isGuarded(block, lower));
};

/** Whether a role allows an action at least for some requests: as `roleAllows`, or under a condition. */
export const roleMayAllow = (role: RoleDefinition, action: string, kind: ActionKind): boolean => {
    const lower = action.toLowerCase();
    return role.permissions.some(block => inBlock(block, lower, kind));
};
