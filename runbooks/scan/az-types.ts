import { knownActions } from "../../access/azure-actions.ts";
import { lazy } from "../../access/facts.ts";

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
export const derivedType = (noun: string): string | undefined => {
    const words = noun.split(/(?=[A-Z])/);
    for (let from = 0; from < words.length; from++) {
        const types = [...(typesByNoun().get(words.slice(from).join("").toLowerCase()) ?? [])];
        const service = words.slice(0, from).join("").toLowerCase();
        const fitting = from === 0 ? unambiguous(types, words[0] ?? "") : types.filter(type => belongs(type, service));
        if (fitting.length > 0) return shortest(fitting);
    }
    return undefined;
};
