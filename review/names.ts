import type { AccessModel, Principal } from "../access/model.ts";

/** The last name of a URN: what the program calls the resource. */
export const nameOfUrn = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** Names for the keys of two models. */
export interface Names {
    readonly principal: (key: string) => Principal;
    /** What people call whatever has a key: an identity, a host, or the resource of the key. */
    readonly of: (key: string) => string;
}

const NOBODY = "an identity that is not known yet";

const inWords = (key: string): string => {
    if (key.startsWith("unknown:")) return NOBODY;
    return key.startsWith("object:") ? `object ${key.slice("object:".length)}` : nameOfUrn(key);
};

/** Names from both models; those after come first. Principals that share a name get their kind beside it. */
export const namesOf = (before: AccessModel, after: AccessModel): Names => {
    const principals = new Map([...before.principals, ...after.principals].map(each => [each.key, each]));
    const hosts = new Map([...before.hosts, ...after.hosts].map(({ key, name }) => [key, name]));
    const shared = Map.groupBy(principals.values(), ({ name }) => name);
    const principal = (key: string): Principal => {
        const found = principals.get(key);
        if (found === undefined || key.startsWith("unknown:")) return { key, kind: "unknown", name: inWords(key) };
        const isShared = (shared.get(found.name)?.length ?? 0) > 1;
        return isShared ? { ...found, name: `${found.name} (${found.kind})` } : found;
    };
    return {
        principal,
        of: key => (principals.has(key) ? principal(key).name : (hosts.get(key) ?? inWords(key))),
    };
};
