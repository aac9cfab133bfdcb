import { lazy, readFacts } from "./facts.ts";
import { didYouMean } from "./name.ts";
import type { Tier } from "./tier.ts";

/** A built-in role of the directory (Microsoft Entra ID). */
export interface DirectoryRole {
    /** Template id, the same in every tenant. */
    readonly id: string;
    readonly name: string;
    readonly tier: Tier;
    /** Its actions of the control plane: `microsoft.directory/applications/credentials/update`. */
    readonly controlPlane: readonly string[];
}

interface DirectoryRoleTable {
    readonly actions: readonly string[];
    readonly roles: readonly (readonly [string, string, Tier, readonly number[]])[];
}

const all = lazy((): readonly DirectoryRole[] => {
    const { actions, roles } = readFacts<DirectoryRoleTable>("directory-roles");
    return roles.map(([id, name, tier, places]) => ({
        id,
        name,
        tier,
        controlPlane: places.map(place => actions[place] ?? ""),
    }));
});

/** Every built-in role of the directory, by name. */
export const directoryRoles = (): readonly DirectoryRole[] => all();

const byKey = lazy(
    () =>
        new Map(
            all().flatMap(role =>
                [role.id, role.name.toLowerCase()].map((key): [string, DirectoryRole] => [key, role]),
            ),
        ),
);

/**
 * A built-in role of the directory by name (any case) or template id.
 * @throws Error `unknown directory role 'Global Admin'; did you mean 'Global Administrator'?`
 */
export const findDirectoryRole = (nameOrId: string): DirectoryRole => {
    const found = byKey().get(nameOrId.trim().toLowerCase());
    if (found !== undefined) return found;
    const names = all().map(({ name }) => name);
    throw new Error(`unknown directory role '${nameOrId}'${didYouMean(nameOrId, names)}`);
};
