import { findAction } from "../../access/azure-actions.ts";
import { anyResource } from "./any-resource.ts";
import { isLocal } from "./az-local.ts";
import { AZ_NOUNS } from "./az-nouns.ts";
import { AZ_CMDLETS } from "./az-table.ts";
import { derivedType } from "./az-types.ts";
import { endingOf } from "./az-verbs.ts";
import type { Bound } from "./binding.ts";
import type { Value } from "./values.ts";

export interface AzActions {
    readonly actions: readonly string[];
    /** Whether they follow from verb and noun alone. */
    readonly derived: boolean;
}

/** Not the modules before Az and AzureRM, whose nouns begin with `Azure`. */
const NAME = /^([a-z]+)-(?:azurerm|az(?!ure))([a-z]\w*)$/i;

/**
 * The Azure actions a cmdlet of the Az modules (or AzureRM, their predecessor) needs, or why they cannot be told.
 * Without arguments nothing is known of the cmdlets for any resource.
 */
export const azActions = (cmdlet: string, bound?: Bound, input?: Value): AzActions | string => {
    const [, verb = "", noun = ""] = NAME.exec(cmdlet) ?? [];
    const any = bound === undefined ? undefined : anyResource(verb, noun, bound, input);
    if (any?.length === 0) return `the Azure resource is decided at run time: ${cmdlet}`;
    if (any !== undefined) return { actions: any, derived: false };
    return byName(verb, noun) ?? `no Azure action is known for '${cmdlet}'`;
};

const byName = (verb: string, noun: string): AzActions | undefined => {
    if (isLocal(verb, noun)) return { actions: [], derived: false };
    const listed = AZ_CMDLETS[`${verb}-az${noun}`.toLowerCase()];
    if (listed !== undefined) return { actions: listed, derived: false };
    const reviewed = AZ_NOUNS[noun.toLowerCase()];
    const type = reviewed ?? derivedType(noun);
    if (type === undefined) return undefined;
    const action = `${type}/${endingOf(verb)}`;
    const known = findAction(action, "action");
    return { actions: [known ?? action], derived: reviewed === undefined || known === undefined };
};

export const isAzCmdlet = (cmdlet: string): boolean => NAME.test(cmdlet);
