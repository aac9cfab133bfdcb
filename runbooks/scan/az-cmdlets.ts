import { findAction } from "../../access/azure-actions.ts";
import { AZ_NOUNS } from "./az-nouns.ts";
import { AZ_CMDLETS } from "./az-table.ts";
import { derivedType } from "./az-types.ts";
import { givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";

export interface AzActions {
    readonly actions: readonly string[];
    /** Whether they follow from verb and noun alone. */
    readonly derived: boolean;
}

/** Not the modules before Az and AzureRM, whose nouns begin with `Azure`. */
const NAME = /^([a-z]+)-(?:azurerm|az(?!ure))([a-z]\w*)$/i;

/** Objects that are put together on the spot and sent by another cmdlet. */
const LOCAL =
    /^(VM|Vmss|Disk|Image|Snapshot|Gallery|Network|VirtualNetwork|LoadBalancer|ApplicationGateway|Route|Firewall|Delegation|FrontDoor|TrafficManager|Aks|Subnet)\w*Config$/i;

const ENDINGS: Readonly<Record<string, string>> = {
    get: "read",
    test: "read",
    new: "write",
    set: "write",
    update: "write",
    add: "write",
    enable: "write",
    disable: "write",
    register: "write",
    import: "write",
    publish: "write",
    move: "write",
    remove: "delete",
    unregister: "delete",
};

const endingOf = (verb: string): string => ENDINGS[verb.toLowerCase()] ?? `${verb.toLowerCase()}/action`;

/** Cmdlets for any resource: `Set-AzResource -ResourceType Microsoft.Web/sites`. */
const anyResource = (verb: string, noun: string, bound: Bound | undefined): AzActions | undefined => {
    if (bound === undefined || !/^resource(action)?$/i.test(noun) || /^get$/i.test(verb)) return undefined;
    const type = givenText(bound, "resourcetype");
    const named = /resourceaction/i.test(noun) ? givenText(bound, "action") : undefined;
    if (type === undefined) return { actions: [], derived: true };
    const action = `${type}/${named === undefined ? endingOf(verb) : `${named}/action`}`;
    return { actions: [findAction(action, "action") ?? action], derived: false };
};

/**
 * The Azure actions a cmdlet of the Az modules (or AzureRM, their predecessor) needs; undefined for one that is none, or
 * of which neither table nor rule knows anything.
 */
export const azActions = (cmdlet: string, bound?: Bound): AzActions | undefined => {
    const [, verb = "", noun = ""] = NAME.exec(cmdlet) ?? [];
    if (noun === "") return undefined;
    const listed = AZ_CMDLETS[`${verb}-az${noun}`.toLowerCase()];
    if (listed !== undefined) return { actions: listed, derived: false };
    const any = anyResource(verb, noun, bound);
    if (any !== undefined) return any.actions.length === 0 ? undefined : any;
    if (LOCAL.test(noun)) return { actions: [], derived: true };
    const reviewed = AZ_NOUNS[noun.toLowerCase()];
    const type = reviewed ?? derivedType(noun);
    if (type === undefined) return undefined;
    const action = `${type}/${endingOf(verb)}`;
    const known = findAction(action, "action");
    return { actions: [known ?? action], derived: reviewed === undefined || known === undefined };
};

export const isAzCmdlet = (cmdlet: string): boolean => NAME.test(cmdlet);
