import type { PlainResource } from "./resource.ts";

/** Types of clusters of Azure's own. */
export const CLUSTERS: readonly string[] = [
    "azure-native:containerservice:ManagedCluster",
    "azure:containerservice:KubernetesCluster",
    "azurerm:KubernetesCluster",
];

/** Whether a resource is a cluster of Azure's own. */
export const isCluster = ({ token = "" }: PlainResource): boolean => CLUSTERS.includes(token);
