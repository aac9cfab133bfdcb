import { isDecided, type AccessModel, type Decided, type Place, type Right, type RoleRight } from "./model.ts";

const KINDS: Readonly<Record<Place["kind"], string>> = {
    tenant: "the whole tenant",
    managementGroup: "management group",
    subscription: "subscription",
    resourceGroup: "resource group",
    resource: "resource",
};

const nameOf = ({ name, id, urn }: Place): string | undefined =>
    name ?? id?.split("/").at(-1) ?? urn?.split("::").at(-1);

/** A place as people name it: `resource group 'rg-a'`. */
export const placeName = (place: Place): string => {
    const name = nameOf(place);
    return place.kind === "tenant" || name === undefined ? KINDS[place.kind] : `${KINDS[place.kind]} '${name}'`;
};

const quoted = (value: Decided<string>, what: string): string =>
    isDecided(value) ? `${what} '${value}'` : `${what} that is not known (${value.undecided})`;

const scopeName = ({ scope }: RoleRight): string => {
    if (isDecided(scope)) return placeName(scope);
    return scope.atOrManagedBy === undefined
        ? `a scope that is not known (${scope.undecided})`
        : `${placeName(scope.atOrManagedBy)} or its managed resource group`;
};

/** A right as people name it: `role 'Owner' on resource group 'rg-a'`. */
export const rightName = (right: Right, names: ReadonlyMap<string, string>): string => {
    const who = (key: string): string => `'${names.get(key) ?? key}'`;
    switch (right.kind) {
        case "permission":
            return `${quoted(right.permission, "permission")} on ${isDecided(right.api) ? right.api : "an API that is not known"}`;
        case "role":
            return `${quoted(right.role, "role")} on ${scopeName(right)}${right.eligible === true ? ", once activated" : ""}`;
        case "directory-role":
            return `${quoted(right.role, "directory role")}${right.scope === undefined ? "" : ` on '${right.scope}'`}${right.eligible === true ? ", once activated" : ""}`;
        case "delegated":
            return `${quoted(right.permission, "delegated permission")} on ${isDecided(right.api) ? right.api : "an API that is not known"}`;
        case "member":
            return `membership of ${who(right.group)}`;
        case "owner":
            return `ownership of ${who(right.of)}`;
        case "vault-policy":
            return `access policy (${right.permissions.join(", ")}) of ${placeName(right.vault)}`;
    }
};

/** Names of the principals and hosts of a model, by key. */
export const namesOf = ({ principals, hosts }: AccessModel): ReadonlyMap<string, string> =>
    new Map([...hosts, ...principals].map(({ key, name }) => [key, name]));
