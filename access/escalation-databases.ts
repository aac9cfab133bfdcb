import { type Takeover, takeoverOf } from "./escalation-takeover.ts";

const administratorOf = (type: string, actions: readonly string[]): Takeover => ({
    ...takeoverOf("DatabaseContributor", "make itself administrator of", type, actions),
    may: true,
});

/**
 * Databases: an administrator sends requests as the identity of the server, to the services that the server may call.
 * Source: https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-invoke-external-rest-endpoint-transact-sql
 * and https://learn.microsoft.com/azure/postgresql/extensions/concepts-storage-extension
 */
export const DATABASES: readonly Takeover[] = [
    administratorOf("Microsoft.Sql/servers", ["write", "administrators/write"]),
    administratorOf("Microsoft.Sql/managedInstances", ["write", "administrators/write"]),
    administratorOf("Microsoft.DBforPostgreSQL/flexibleServers", ["administrators/write"]),
];
