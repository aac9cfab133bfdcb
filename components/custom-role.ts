import {
    type ActionKind,
    actionTier,
    findAction,
    isRead,
    knownActions,
    isKnownProvider,
} from "../access/azure-actions.ts";
import { didYouMean } from "../access/name.ts";
import type { Tier } from "../access/tier.ts";

export interface RoleActions {
    readonly actions: string[];
    readonly dataActions: string[];
}

const kindOf = (action: string): ActionKind => {
    if (action.includes("*"))
        throw new Error(`action '${action}' is a pattern; expected each action by its whole name`);
    if (findAction(action, "action") !== undefined) return "action";
    if (findAction(action, "dataAction") !== undefined) return "dataAction";
    if (!isKnownProvider(action)) return unknownProvider(action);
    const names = [...knownActions("action").names, ...knownActions("dataAction").names];
    throw new Error(`unknown Azure action '${action}'${didYouMean(action, names)}`);
};

const unknownProvider = (action: string): ActionKind => {
    if (/^[A-Za-z0-9.]+(\/[A-Za-z0-9._$-]+){2,}$/.test(action)) return "action";
    throw new Error(
        `'${action}' is no Azure action; expected one as 'Microsoft.Compute/virtualMachines/deallocate/action'`,
    );
};

/**
 * Sorts actions into those of the control plane and those of the data plane, spelled as Azure spells them.
 * @throws when there are none, one is a pattern, or a known resource provider has no such action.
 */
export const splitActions = (actions: readonly string[]): RoleActions => {
    if (actions.length === 0) throw new Error("a list of actions names none; expected at least one");
    const spelled = (kind: ActionKind): string[] =>
        [
            ...new Set(
                actions.filter(action => kindOf(action) === kind).map(action => findAction(action, kind) ?? action),
            ),
        ].sort();
    return { actions: spelled("action"), dataActions: spelled("dataAction") };
};

/** Where the tables do not class an action: a read lets a user see, anything else lets it manage. */
const tierOf = (action: string): Tier => actionTier(action, kindOf(action)) ?? (isRead(action) ? 2 : 1);

/** How dangerous a custom role of these actions is: as its most dangerous action. */
export const tierOfActions = (actions: readonly string[]): Tier => Math.min(...actions.map(tierOf)) as Tier;
