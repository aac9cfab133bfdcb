import { findAction, knownActions } from "../../access/azure-actions.ts";
import { lazy } from "../../access/facts.ts";
import { givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { AZ_CMDLETS } from "./az-table.ts";
import { AZ_NOUNS } from "./az-nouns.ts";

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

/** Resource types by the last part of their name, in lower case and singular. */
const typesByNoun = lazy(() => {
    const types = new Map<string, Set<string>>();
    for (const action of knownActions("action").names) {
        const type = /^(.*)\/(?:read|write)$/i.exec(action)?.[1];
        const last = type?.split("/").at(-1)?.toLowerCase();
        if (type === undefined || last === undefined) continue;
        const singular = [
            last,
            last.replace(/ies$/, "y"),
            last.replace(/(?<=(s|x|ch))es$/, ""),
            last.replace(/s$/, ""),
        ];
        for (const noun of singular) types.set(noun, (types.get(noun) ?? new Set()).add(type));
    }
    return types;
});

const shortest = (types: readonly string[]): string | undefined =>
    [...types].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1))[0];

const providerOf = (type: string): string => (type.split("/")[0] ?? "").toLowerCase();

/** Types of one provider, or of the one whose name has the noun's first word. */
const unambiguous = (types: readonly string[], word: string): readonly string[] => {
    if (new Set(types.map(providerOf)).size <= 1) return types;
    return types.filter(type => providerOf(type).includes(word.toLowerCase()));
};

/** Whether a type's provider or the types above it are named for a service. */
const belongs = (type: string, service: string): boolean =>
    type
        .split("/")
        .slice(0, -1)
        .some(part =>
            part
                .toLowerCase()
                .replace(/^microsoft\.|s$/g, "")
                .endsWith(service),
        );

/**
 * The resource type a noun names: its last words are the type's, the words before them the service's (`SqlDatabase`).
 * Without words for the service, only a type that no other service has.
 */
const derivedType = (noun: string): string | undefined => {
    const words = noun.split(/(?=[A-Z])/);
    for (let from = 0; from < words.length; from++) {
        const types = [...(typesByNoun().get(words.slice(from).join("").toLowerCase()) ?? [])];
        const service = words.slice(0, from).join("").toLowerCase();
        const fitting = from === 0 ? unambiguous(types, words[0] ?? "") : types.filter(type => belongs(type, service));
        if (fitting.length > 0) return shortest(fitting);
    }
    return undefined;
};

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
