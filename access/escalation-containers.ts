import { below, type Takeover, takeover, takeoverOf } from "./escalation-takeover.ts";

const CLUSTER = "Microsoft.ContainerService/managedClusters";
const CONNECTED = "Microsoft.Kubernetes/connectedClusters";
const CLUSTER_TYPES = [CLUSTER, `${CLUSTER}/agentPools`];
const FABRIC = "Microsoft.ServiceFabric/managedClusters";
const WORKLOADS = [
    "pods/write",
    "pods/exec/action",
    "apps/deployments/write",
    "apps/daemonsets/write",
    "batch/jobs/write",
    "batch/cronjobs/write",
];
const ADD_ONS = below("Microsoft.KubernetesConfiguration", [
    ...["extensions/write", "fluxConfigurations/write", "sourceControlConfigurations/write"],
]);

/** Containers. Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/containers */
export const CONTAINERS: readonly Takeover[] = [
    takeover("AZAKSContributor", "run workloads in", CLUSTER_TYPES, [
        ...below(CLUSTER, ["write", "runCommand/action", "listClusterAdminCredential/action"]),
        ...below(CLUSTER, ["accessProfiles/listCredential/action", "trustedAccessRoleBindings/write"]),
        ...ADD_ONS,
    ]),
    takeover("AKSWorkloadWriter", "run workloads in", CLUSTER_TYPES, below(CLUSTER, WORKLOADS), "dataAction"),
    takeover("ArcClusterContributor", "run workloads in", [CONNECTED], [...below(CONNECTED, ["write"]), ...ADD_ONS]),
    takeoverOf(
        "ArcWorkloadWriter",
        "run workloads in",
        CONNECTED,
        WORKLOADS.filter(each => !each.includes("exec")),
        "dataAction",
    ),
    takeoverOf("ContainerAppContributor", "change the containers of", "Microsoft.App/containerApps", [
        ...["write", "sourcecontrols/write", "getauthtoken/action"],
    ]),
    takeoverOf("ContainerAppExec", "open a shell in", "Microsoft.App/containerApps", ["exec/action"], "dataAction"),
    takeoverOf("ContainerAppContributor", "change the containers of", "Microsoft.App/jobs", ["write", "start/action"]),
    takeoverOf("ContainerAppExec", "open a shell in", "Microsoft.App/jobs", ["exec/action"], "dataAction"),
    takeoverOf("ContainerAppContributor", "change the containers of", "Microsoft.App/sessionPools", ["write"]),
    takeoverOf(
        "ContainerAppExec",
        "run code in",
        "Microsoft.App/sessionPools",
        ["interpreters/execute/action"],
        "dataAction",
    ),
    takeoverOf("ContainerGroupContributor", "change the containers of", "Microsoft.ContainerInstance/containerGroups", [
        ...["write", "containers/exec/action"],
    ]),
    takeover(
        "RegistryTaskContributor",
        "change the steps of",
        ["Microsoft.ContainerRegistry/registries/tasks"],
        [...below("Microsoft.ContainerRegistry/registries", ["tasks/write", "scheduleRun/action"])],
    ),
    takeover(
        "ServiceFabricContributor",
        "run services in",
        [FABRIC, `${FABRIC}/nodeTypes`],
        below(FABRIC, ["write", "applications/write", "applicationTypes/versions/write", "nodetypes/write"]),
    ),
];
