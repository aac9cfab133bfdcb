import type { EscalationGraph } from "./escalation-graph.ts";
import type { Target } from "./escalation-targets.ts";
import type { AccessModel } from "./model.ts";

/** What the administrators that a resource names can do as its identities. */
interface Administration {
    readonly edge: string;
    readonly words: string;
    readonly certain: boolean;
}

/** A database sends requests as the identity of its server only to some services. */
const DATABASE: Administration = {
    edge: "DatabaseAdministrator",
    words: "may be able to as its administrator send requests from",
    certain: false,
};

/**
 * Source: https://learn.microsoft.com/azure/aks/entra-id-authorization,
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-invoke-external-rest-endpoint-transact-sql
 * and https://learn.microsoft.com/azure/postgresql/extensions/concepts-storage-extension
 */
const BY_TYPE: Readonly<Record<string, Administration>> = {
    "microsoft.containerservice/managedclusters": {
        edge: "AKSAdministrator",
        words: "can as its administrator run workloads in",
        certain: true,
    },
    "microsoft.dbforpostgresql/flexibleservers": DATABASE,
    "microsoft.sql/managedinstances": DATABASE,
    "microsoft.sql/servers": DATABASE,
};

const administrationOf = (type: string): Administration | undefined =>
    Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;

const nodeKey = (host: string): string => `administrator:${host}`;

/** Adds a node for each resource that administrators act as the identities of. */
export const addAdministered = (graph: EscalationGraph, hosts: readonly Target[]): void => {
    for (const { key, name, type, identities } of hosts) {
        if (administrationOf(type) === undefined) continue;
        const node = graph.node(nodeKey(key), name);
        for (const identity of identities) {
            const to = graph.principal(identity);
            if (to !== undefined) graph.add(node, { to, certain: true });
        }
    }
};

/** An administrator, with the node of the resource that it administers. */
export interface Administrator extends Administration {
    readonly from: string;
    readonly node: string;
}

/** The administrators of a model that act as somebody else. */
export const administratorsOf = ({ hosts }: AccessModel): readonly Administrator[] =>
    hosts.flatMap(({ key, place, administrators = [] }) => {
        const administration = administrationOf((place.type ?? "").toLowerCase());
        if (administration === undefined) return [];
        return administrators.map(from => ({ ...administration, from, node: nodeKey(key) }));
    });
