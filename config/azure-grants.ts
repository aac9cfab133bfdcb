import { normaliseScope } from "../access/scope.ts";
import { actionsOnScopes } from "./actions-on-scopes.ts";
import { reportUnusedRoles } from "./azure-check.ts";
import { rightsOf, type Rights } from "./azure-rights.ts";
import type { AzureDeclaration } from "./declaration.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawAzureGrant, RawWorkload } from "./raw.ts";
import { type Places, type ReadScope, readScope } from "./read-scope.ts";
import { isExplained, type WorkloadNeed } from "./workload-need.ts";

/** An Azure grant as declared. */
export interface ListedGrant {
    readonly grant: AzureDeclaration;
    /** Its place in the list. */
    readonly n: number;
    /** Whether it says itself why it is there. */
    readonly isExplained: boolean;
}

const reasonOf = (rights: Rights): string | undefined =>
    rights.actions ? `Needed for ${rights.actions.join(", ")}` : undefined;

const read = (raw: RawAzureGrant, scope: ReadScope, workload: RawWorkload): AzureDeclaration[] =>
    rightsOf(raw).map(rights => {
        const reason = raw.reason ?? workload.reason ?? reasonOf(rights);
        const owner = raw.owner ?? workload.owner;
        return {
            ...rights,
            ...scope,
            ...(reason !== undefined && { reason }),
            ...(owner !== undefined && { owner }),
            ...(raw.adopt !== undefined && { adopt: raw.adopt }),
        } as AzureDeclaration;
    });

const keyOf = (grant: AzureDeclaration): string =>
    `${"role" in grant ? grant.role : "actions"} on ${normaliseScope(grant.scope)}`;

const readListed = (problems: Problems, at: Path, workload: RawWorkload, places: Places): ListedGrant[] => {
    const seen = new Set<string>();
    return (workload.azure ?? []).flatMap((raw, n) => {
        const path = [...at, "azure", n];
        const scope = problems.at([...path, "scope"], () => readScope(raw.scope, places));
        const grants = problems.at(path, () => (scope ? read(raw, scope, workload) : void rightsOf(raw)));
        if (!grants) return [];
        const twice = grants.map(keyOf).find(key => seen.has(key));
        for (const grant of grants) seen.add(keyOf(grant));
        if (twice === undefined) return grants.map(grant => ({ grant, n, isExplained: isExplained(raw) }));
        problems.add(path, `${twice.startsWith("actions") ? "a list of " : "role "}${twice} is declared twice`);
        return [];
    });
};

/** The Azure roles of a workload: those declared, and those that its runbooks' actions need where they are taken. */
export const readAzureGrants = (
    problems: Problems,
    at: Path,
    workload: RawWorkload,
    places: Places,
    need: WorkloadNeed,
): AzureDeclaration[] => {
    const listed = readListed(problems, at, workload, places);
    const isScoped = (workload.runbooks ?? []).some(({ scope, builtIn }) => (scope ?? builtIn) !== undefined);
    if (!need.isRead && !isScoped) return listed.map(({ grant }) => grant);
    const found = actionsOnScopes(problems, at, workload, places, need, listed);
    if (need.isWhole) reportUnusedRoles(problems, at, need, listed, found.taken);
    return [...listed.map(({ grant }) => grant), ...found.grants];
};
