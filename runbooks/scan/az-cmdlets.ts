import { findAction, knownActions } from "../../access/azure-actions.ts";
import { lazy } from "../../access/facts.ts";
import { AZ_CMDLETS, AZ_NOUNS } from "./az-table.ts";

export interface AzActions {
    readonly actions: readonly string[];
    /** Whether they follow from verb and noun alone. */
    readonly derived: boolean;
}

const NAME = /^([a-z]+)-az(?:urerm)?(?!uread)([a-z]\w*)$/i;

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
    const types = new Map<string, string>();
    for (const action of knownActions("action").names) {
        const type = /^(.*)\/(?:read|write)$/i.exec(action)?.[1];
        const last = type?.split("/").at(-1)?.toLowerCase();
        if (type === undefined || last === undefined) continue;
        for (const noun of [
            last,
            last.replace(/ies$/, "y"),
            last.replace(/(?<=(s|x|ch))es$/, ""),
            last.replace(/s$/, ""),
        ]) {
            const known = types.get(noun);
            if (known === undefined || type.split("/").length < known.split("/").length) types.set(noun, type);
        }
    }
    return types;
});

/** The resource type a noun names, with or without the name of its service before it: `SqlDatabase`, `database`. */
const derivedType = (noun: string): string | undefined => {
    const words = noun.split(/(?=[A-Z])/);
    for (let from = 0; from < words.length; from++) {
        const found = typesByNoun().get(words.slice(from).join("").toLowerCase());
        const service = words.slice(0, from).join("").toLowerCase();
        if (found !== undefined && (from === 0 || found.toLowerCase().replace(/\W/g, "").includes(service)))
            return found;
    }
    return undefined;
};

/**
 * The Azure actions a cmdlet of the Az modules (or AzureRM, their predecessor) needs; undefined for one that is none, or
 * of which neither table nor rule knows anything.
 */
export const azActions = (cmdlet: string): AzActions | undefined => {
    const [, verb = "", noun = ""] = NAME.exec(cmdlet) ?? [];
    if (noun === "") return undefined;
    const listed = AZ_CMDLETS[`${verb}-az${noun}`.toLowerCase()];
    if (listed !== undefined) return { actions: listed, derived: false };
    if (/config$/i.test(noun)) return { actions: [], derived: true };
    const reviewed = AZ_NOUNS[noun.toLowerCase()];
    const type = reviewed ?? derivedType(noun);
    if (type === undefined) return undefined;
    const action = `${type}/${endingOf(verb)}`;
    const known = findAction(action, "action");
    return { actions: [known ?? action], derived: reviewed === undefined || known === undefined };
};

export const isAzCmdlet = (cmdlet: string): boolean => NAME.test(cmdlet);
