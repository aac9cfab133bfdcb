import { guardedActions } from "./facts-azure-conditions.ts";
import { isConcrete } from "./facts-azure-names.ts";
import type { Kind, KnownActions, RawBlock } from "./facts-azure-names.ts";

export interface RawRole {
    readonly name: string;
    readonly roleName: string;
    readonly permissions: readonly RawBlock[];
}

export interface RawTier {
    readonly RoleId: string;
    readonly RolePermissions: readonly { AuthorizedResourceAction: string; EAMTierLevelTagValue: string }[];
    readonly Classification: { readonly EAMTierLevelTagValue: string } | null;
}

/**
 * actions, notActions, dataActions, notDataActions; where there is a condition, its text and the actions it bears on
 * (null: all). A negative number -n names pattern n - 1.
 */
type CompiledBlock =
    | readonly [number[], number[], number[], number[]]
    | readonly [number[], number[], number[], number[], string, string[] | null];
type CompiledRole = readonly [id: string, name: string, tier: number, blocks: readonly CompiledBlock[]];

/** A role the tier source leaves unclassified counts as control plane: what nobody has judged is not harmless. */
const UNCLASSIFIED = 0;

const tierNumber = (value: string): number => {
    if (!/^[012]$/.test(value)) throw new Error(`unknown tier '${value}'; expected 0, 1 or 2`);
    return Number(value);
};

const compileBlock = (block: RawBlock, known: KnownActions, patterns: Map<string, number>): CompiledBlock => {
    const indexOf = (raw: string, kind: Kind): number => {
        const action = raw.trim();
        if (!isConcrete(action)) {
            const index = patterns.get(action) ?? patterns.size;
            patterns.set(action, index);
            return -1 - index;
        }
        const index = known.indexOf(action, kind);
        if (index === undefined) throw new Error(`action '${action}' is missing from the known actions`);
        return index;
    };
    const all = (actions: readonly string[], kind: Kind): number[] => [...new Set(actions.map(a => indexOf(a, kind)))];
    const lists = [
        all(block.actions, "action"),
        all(block.notActions, "action"),
        all(block.dataActions, "dataAction"),
        all(block.notDataActions, "dataAction"),
    ] as const;
    return block.condition === null ? lists : [...lists, block.condition, guardedActions(block.condition)];
};

/** Built-in roles with their tiers, and the tier of every concrete action the tier source classifies. */
export const compileRoles = (
    raw: readonly RawRole[],
    rawTiers: readonly RawTier[],
    known: KnownActions,
): { roles: CompiledRole[]; patterns: string[]; tiers: Map<string, number> } => {
    const tierOf = new Map(
        rawTiers.map(({ RoleId, Classification }) => [RoleId, Classification?.EAMTierLevelTagValue]),
    );
    const patterns = new Map<string, number>();
    const sorted = raw.toSorted((a, b) => (a.roleName.trim() < b.roleName.trim() ? -1 : 1));
    const roles = sorted.map((role): CompiledRole => {
        const tier = tierOf.get(role.name);
        const blocks = role.permissions.map(block => compileBlock(block, known, patterns));
        return [role.name, role.roleName.trim(), tier === undefined ? UNCLASSIFIED : tierNumber(tier), blocks];
    });
    const classified = rawTiers.flatMap(role => role.RolePermissions);
    const tiers = new Map(
        classified.map(({ AuthorizedResourceAction: action, EAMTierLevelTagValue: tier }) => [
            action.toLowerCase(),
            tierNumber(tier),
        ]),
    );
    return { roles, patterns: [...patterns.keys()], tiers };
};
