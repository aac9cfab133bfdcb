import { below, type Takeover, takeover, takeoverOf } from "./escalation-takeover.ts";

const SITE_ACTIONS = [
    ...["write", "config/write", "config/list/action", "publish/action", "publishxml/action"],
    ...["sourcecontrols/write", "functions/write", "siteextensions/write", "extensions/write", "deployments/write"],
    ...["host/listkeys/action", "hostruntime/host/action", "deployWorkflowArtifacts/action"],
];

/** Web apps, functions and standard logic apps. Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/web-and-mobile */
export const WEB: readonly Takeover[] = [
    takeoverOf("AZWebsiteContributor", "change the code of", "Microsoft.Web/sites", SITE_ACTIONS),
    takeoverOf("AZWebsiteContributor", "change the code of", "Microsoft.Web/sites/slots", SITE_ACTIONS),
    takeoverOf("SpringAppContributor", "change the code of", "Microsoft.AppPlatform/Spring/apps", [
        ...["write", "deployments/write", "getResourceUploadUrl/action", "setActiveDeployments/action"],
    ]),
    takeoverOf(
        "SpringAppConnect",
        "open a shell in",
        "Microsoft.AppPlatform/Spring/apps",
        ["deployments/connect/action", "deployments/remotedebugging/action"],
        "dataAction",
    ),
    takeoverOf("ApiManagementContributor", "change the policies of", "Microsoft.ApiManagement/service", [
        ...["write", "policies/write", "apis/policies/write", "apis/operations/policies/write"],
        ...["products/policies/write", "policyFragments/write"],
    ]),
];

const AUTOMATION = "Microsoft.Automation/automationAccounts";
const DATA_FACTORY = "Microsoft.DataFactory/factories";
const ML = "Microsoft.MachineLearningServices/workspaces";
const ML_TYPES = ["", "/computes", "/onlineEndpoints", "/batchEndpoints"].map(part => `${ML}${part}`);

/** Jobs. Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance */
export const JOBS: readonly Takeover[] = [
    takeoverOf("AZAutomationContributor", "change the runbooks of", AUTOMATION, [
        ...["runbooks/write", "runbooks/draft/content/write", "configurations/write"],
        ...["modules/write", "python2Packages/write", "python3Packages/write"],
        ...["powerShell72Modules/write", "runtimeEnvironments/write", "runtimeEnvironments/packages/write"],
        ...["compilationjobs/write", "nodeConfigurations/write", "sourceControls/write"],
    ]),
    takeoverOf("AZLogicAppContributor", "change the steps of", "Microsoft.Logic/workflows", ["write"]),
    takeoverOf("DeploymentScriptContributor", "change the script of", "Microsoft.Resources/deploymentScripts", [
        "write",
    ]),
    takeoverOf("DataFactoryContributor", "change the pipelines of", DATA_FACTORY, [
        ...["write", "pipelines/write", "dataflows/write", "linkedServices/write", "datasets/write"],
        ...["executeDataFlowDebugCommand/action", "integrationruntimes/listauthkeys/action"],
    ]),
    takeoverOf("SynapseContributor", "make itself administrator of", "Microsoft.Synapse/workspaces", ["write"]),
    takeover(
        "MachineLearningContributor",
        "run jobs in",
        ML_TYPES,
        below(ML, [
            ...[
                "computes/write",
                "jobs/write",
                "onlineEndpoints/deployments/write",
                "batchEndpoints/deployments/write",
            ],
            ...["endpoints/deployments/write", "computes/updateSchedules/action", "schedules/write"],
        ]),
    ),
    takeoverOf("ChaosContributor", "change the steps of", "Microsoft.Chaos/experiments", ["write"]),
    takeover(
        "PolicyContributor",
        "change what is deployed by",
        ["Microsoft.Authorization/policyAssignments"],
        [
            ...below("Microsoft.Authorization", [
                "policyAssignments/write",
                "policyDefinitions/write",
                "policySetDefinitions/write",
            ]),
        ],
    ),
    takeoverOf("LoadTestContributor", "change the tests of", "Microsoft.LoadTestService/loadTests", ["write"]),
    takeover(
        "DevOpsPoolContributor",
        "run jobs in",
        ["Microsoft.DevOpsInfrastructure/pools"],
        ["Microsoft.DevOpsInfrastructure/pools/write"],
    ),
    takeoverOf("EnvironmentContributor", "deploy by", "Microsoft.DevCenter/projects/environmentTypes", ["write"]),
    takeoverOf("DatabricksContributor", "make itself administrator of", "Microsoft.Databricks/workspaces", ["write"]),
];
