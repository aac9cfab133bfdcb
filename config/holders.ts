import { findApi, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { AzureDeclaration, IdentityDeclaration, WorkloadDeclaration } from "./declaration.ts";

/** Who holds a workload's grants, in words that are equal for equal principals. */
export const holderOf = (workload: string, identity: IdentityDeclaration): string =>
    identity.kind === "existing"
        ? `existing ${Object.values(identity.existing).join().toLowerCase()}`
        : `workload ${workload}`;

/** What an identity is granted by the workloads that were read before. */
export interface HeldGrants {
    /** On Microsoft Graph. */
    readonly permissions: readonly string[];
    readonly azure: readonly AzureDeclaration[];
}

const NONE: HeldGrants = { permissions: [], azure: [] };

/** Grants by who holds them: what one workload gives an identity, another that runs as it need not give again. */
export class Holders {
    readonly #held = new Map<string, HeldGrants>();

    heldBy(holder: string): HeldGrants {
        return this.#held.get(holder) ?? NONE;
    }

    add({ name, identity, apis, azure }: WorkloadDeclaration): void {
        const holder = holderOf(name, identity);
        const known = this.heldBy(holder);
        const own = apis
            .filter(({ api }) => api === findApi(MICROSOFT_GRAPH).name)
            .flatMap(({ permissions }) => permissions);
        this.#held.set(holder, {
            permissions: [...known.permissions, ...own.map(({ permission }) => permission)],
            azure: [...known.azure, ...azure],
        });
    }
}
