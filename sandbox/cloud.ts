import { v5 as uuidv5 } from "uuid";
import { Journal, STATE_VERSION } from "./journal.ts";
import type { Change, Header } from "./journal.ts";
import type {
    AppRoleAssignment,
    Application,
    ArmResource,
    CustomRole,
    Group,
    RoleAssignment,
    ServicePrincipal,
    User,
} from "./records.ts";
import { Table } from "./table.ts";
import type { OnChange } from "./table.ts";

/** The id of the resource or group that contains a resource: `…/automationAccounts/a` for `…/automationAccounts/a/runbooks/r`. */
export const parentId = (id: string): string => {
    const lower = id.toLowerCase();
    const provider = lower.lastIndexOf("/providers/");
    const segments = lower.slice(provider + 1).split("/");
    if (provider < 0) return lower.split("/").slice(0, -2).join("/");
    return segments.length > 4 ? lower.split("/").slice(0, -2).join("/") : lower.slice(0, provider);
};

/** Ids of a new cloud: the same everywhere, so that documentation and examples can name them. */
export const TENANT_ID = "c0470c01-0000-4000-8000-000000000001";
export const SUBSCRIPTION_ID = "c0470c01-0000-4000-8000-000000000002";

const lower = (text: string): string => text.toLowerCase();

/** The GUID at the end of a role definition id, lower-cased: prefixes differ between callers. */
const guidOf = (roleDefinitionId: string): string =>
    lower(roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1));

/** What makes a role assignment the same grant as another, whatever its name. */
export const grantKey = (a: Pick<RoleAssignment, "scope" | "principalId" | "roleDefinitionId">): string =>
    `${lower(a.scope)}|${lower(a.principalId)}|${guidOf(a.roleDefinitionId)}`;

/** A token audience without what callers write differently: case and the last slash. */
export const audienceKey = (audience: string): string => lower(audience).replace(/\/+$/, "");

/** Whether a principal has reached every replica; the fault plan decides. */
export type Replicated = (principal: ServicePrincipal) => boolean;

/** One tenant and one subscription, in memory and in a state file. Change it through its tables and then `save`. */
export class Cloud {
    readonly tenantId: string;
    readonly subscriptionId: string;
    /** Keyed by lower-cased id; subscriptions and resource groups are resources too. */
    readonly resources;
    /** Keyed by lower-cased id. */
    readonly roleAssignments;
    /** Keyed by GUID. */
    readonly customRoles;
    /** Keyed by object id. */
    readonly servicePrincipals;
    readonly appRoleAssignments;
    readonly users;
    readonly groups;
    readonly applications;
    /** How often an id was made for a name. */
    readonly #generations;
    /** Set by the server from the fault plan. */
    replicated: Replicated = () => true;
    /** Epoch milliseconds. */
    now: () => number = Date.now;
    /** Set by the server: base address of this cloud, `https://localhost:PORT`. */
    url = "";
    readonly #tables: ReadonlyMap<string, Table<unknown, string>>;
    readonly #journal: Journal | undefined;
    #pending: Change[] = [];

    /**
     * Opens the cloud of a state file, or a new one; without a file it lives in memory.
     * @throws when the file is damaged, of a newer version, or in use
     */
    constructor(stateFile?: string) {
        const record =
            (table: string): OnChange =>
            (key, value) =>
                this.#pending.push(value === undefined ? [table, key] : [table, key, value]);
        this.resources = new Table<ArmResource, "parent" | "type">(
            { parent: r => [parentId(r.id)], type: r => [lower(r.type)] },
            record("resources"),
        );
        this.roleAssignments = new Table<RoleAssignment, "principal" | "scope" | "grant" | "role" | "name">(
            {
                principal: a => [lower(a.principalId)],
                scope: a => [lower(a.scope)],
                grant: a => [grantKey(a)],
                role: a => [guidOf(a.roleDefinitionId)],
                name: a => [lower(a.name)],
            },
            record("roleAssignments"),
        );
        this.customRoles = new Table<CustomRole, "roleName">(
            { roleName: r => [lower(String(r.properties["roleName"]))] },
            record("customRoles"),
        );
        this.servicePrincipals = new Table<ServicePrincipal, "appId" | "displayName" | "resource" | "name">(
            {
                appId: p => [lower(p.appId)],
                displayName: p => [lower(p.displayName)],
                resource: p => p.alternativeNames.slice(1).map(lower),
                name: p => p.servicePrincipalNames.map(audienceKey),
            },
            record("servicePrincipals"),
        );
        this.appRoleAssignments = new Table<AppRoleAssignment, "principal" | "resource" | "grant">(
            {
                principal: a => [a.principalId],
                resource: a => [a.resourceId],
                grant: a => [`${a.principalId}|${a.resourceId}|${a.appRoleId}`],
            },
            record("appRoleAssignments"),
        );
        this.users = new Table<User, "userPrincipalName">(
            { userPrincipalName: u => [lower(u.userPrincipalName)] },
            record("users"),
        );
        this.groups = new Table<Group, "displayName">({ displayName: g => [lower(g.displayName)] }, record("groups"));
        this.applications = new Table<Application, "appId" | "displayName">(
            { appId: a => [lower(a.appId)], displayName: a => [lower(a.displayName)] },
            record("applications"),
        );
        this.#generations = new Table<number>({}, record("generations"));
        this.#tables = this.#namedTables();
        const fresh: Header = { leastwiseSandbox: STATE_VERSION, tenantId: TENANT_ID, subscriptionId: SUBSCRIPTION_ID };
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
        const changes = this.#pending;
        this.#pending = [];
        this.#journal?.append(changes);
        const live = [...this.#tables.values()].reduce((sum, table) => sum + table.size, 0);
        if (this.#journal && this.#journal.length > 2 * live + 5000) this.#compact();
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

    #namedTables(): ReadonlyMap<string, Table<unknown, string>> {
        const { resources, roleAssignments, customRoles, servicePrincipals, appRoleAssignments } = this;
        const { users, groups, applications } = this;
        const tables = { resources, roleAssignments, customRoles, servicePrincipals, appRoleAssignments };
        const all = { ...tables, users, groups, applications, generations: this.#generations } as unknown as Record<
            string,
            Table<unknown, string>
        >;
        return new Map(Object.entries(all));
    }
}
