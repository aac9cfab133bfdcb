import { v5 as uuidv5 } from "uuid";
import { Journal, STATE_VERSION } from "./journal.ts";
import type { Change, Header } from "./journal.ts";
import type { ServicePrincipal } from "./records.ts";
import type { Table } from "./table.ts";
import { createTables } from "./tables.ts";
import type { Tables } from "./tables.ts";

/** Ids of a new cloud: the same everywhere, so that documentation and examples can name them. */
export const TENANT_ID = "c0470c01-0000-4000-8000-000000000001";
export const SUBSCRIPTION_ID = "c0470c01-0000-4000-8000-000000000002";

/** Obsolete changes the state file may hold beyond twice the live ones before it is compacted. */
const SLACK = 5000;

/** Whether a principal has reached every replica; the fault plan decides. */
export type Replicated = (principal: ServicePrincipal) => boolean;

/** One tenant and one subscription, in memory and in a state file. Change it through its tables and then `save`. */
export class Cloud {
    readonly tenantId: string;
    readonly subscriptionId: string;
    readonly resources: Tables["resources"];
    readonly roleAssignments: Tables["roleAssignments"];
    readonly customRoles: Tables["customRoles"];
    readonly servicePrincipals: Tables["servicePrincipals"];
    readonly appRoleAssignments: Tables["appRoleAssignments"];
    readonly users: Tables["users"];
    readonly groups: Tables["groups"];
    readonly applications: Tables["applications"];
    /** Set by the server from the fault plan. */
    replicated: Replicated = () => true;
    /** Epoch milliseconds. */
    now: () => number = Date.now;
    /** Set by the server: base address of this cloud, `https://localhost:PORT`. */
    url = "";
    readonly #generations: Tables["generations"];
    readonly #tables: ReadonlyMap<string, Table<unknown, string>>;
    readonly #journal: Journal | undefined;
    #pending: Change[] = [];

    /**
     * Opens the cloud of a state file, or a new one; without a file it lives in memory.
     * @throws when the file is damaged, of a newer version, or in use
     */
    constructor(stateFile?: string) {
        const tables = createTables(
            table => (key, value) => void this.#pending.push(value === undefined ? [table, key] : [table, key, value]),
        );
        this.resources = tables.resources;
        this.roleAssignments = tables.roleAssignments;
        this.customRoles = tables.customRoles;
        this.servicePrincipals = tables.servicePrincipals;
        this.appRoleAssignments = tables.appRoleAssignments;
        this.users = tables.users;
        this.groups = tables.groups;
        this.applications = tables.applications;
        this.#generations = tables.generations;
        this.#tables = new Map(Object.entries(tables as unknown as Record<string, Table<unknown, string>>));
        const fresh: Header = {
            leastwiseSandbox: STATE_VERSION,
            tenantId: TENANT_ID,
            subscriptionId: SUBSCRIPTION_ID,
        };
        this.#journal = stateFile === undefined ? undefined : Journal.open(stateFile, fresh, c => this.#replay(c));
        ({ tenantId: this.tenantId, subscriptionId: this.subscriptionId } = this.#journal?.header ?? fresh);
    }

    /**
     * A new GUID for something with a name, never given before. The same cloud built in another order gets the same
     * ids, so that a fault plan, which decides by path, is repeatable.
     */
    newId(name: string): string {
        const key = name.toLowerCase();
        const generation = (this.#generations.get(key) ?? 0) + 1;
        this.#generations.set(key, generation);
        return uuidv5(`${key}#${generation}`, this.tenantId);
    }

    /** Writes what changed since the last save; when it returns, a killed process no longer loses it. */
    save(): void {
        if (this.#pending.length === 0) return;
        this.#journal?.append(this.#pending);
        this.#pending = [];
        const live = [...this.#tables.values()].reduce((sum, table) => sum + table.size, 0);
        if (this.#journal && this.#journal.length > 2 * live + SLACK) this.#compact();
    }

    /** Saves, compacts the state file and releases it. */
    close(): void {
        this.save();
        this.#compact();
        this.#journal?.close();
    }

    #compact(): void {
        const changes = [...this.#tables].flatMap(([name, table]) =>
            [...table.entries()].map(([key, value]): Change => [name, key, value]),
        );
        if (changes.length !== this.#journal?.length) this.#journal?.compact(changes);
    }

    #replay([name, key, value]: Change): boolean {
        const table = this.#tables.get(name);
        if (!table) return false;
        if (value === undefined) table.unload(key);
        else table.load(key, value);
        return true;
    }
}
