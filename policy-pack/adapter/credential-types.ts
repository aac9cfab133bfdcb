const CLASSIC_APPS = [
    "FunctionApp",
    "FunctionAppFlexConsumption",
    "LinuxFunctionApp",
    "LinuxWebApp",
    "WindowsFunctionApp",
    "WindowsWebApp",
];
/** Apps of classic azure and their slots. */
export const SLOTTED: readonly string[] = [...CLASSIC_APPS, "AppService"].flatMap(name => [name, `${name}Slot`]);

/** Connections of an Automation account by what they sign in with. */
export const CONNECTIONS: readonly string[] = ["", "Certificate", "ClassicCertificate", "ServicePrincipal"].map(
    kind => `Connection${kind}`,
);

/** Machines that need not be of Windows. */
export const MACHINES: readonly string[] = [
    "VirtualMachine",
    "LinuxVirtualMachine",
    "LinuxVirtualMachineScaleSet",
    "OrchestratedVirtualMachineScaleSet",
];
const authorizationRule = (of: string): string => `${of}AuthorizationRule`;

/** Tokens of a module. */
export const inModule = (module: string, names: readonly string[]): string[] => names.map(name => `${module}:${name}`);
/** Tokens of a bridged azurerm, which has no modules. */
export const inTerraform = (prefix: string, names: readonly string[]): string[] =>
    names.map(name => `azurerm:${prefix}${name}`);

/** Rules by which a namespace makes keys. */
export const AUTHORIZATION_RULES: readonly string[] = [
    ...inModule("azure-native:servicebus", ["Namespace", "Queue", "Topic"].map(authorizationRule)),
    ...inModule("azure-native:eventhub", ["Namespace", "EventHub"].map(authorizationRule)),
    ...inModule("azure:servicebus", ["Namespace", "Queue", "Topic"].map(authorizationRule)),
    ...inModule("azure:eventhub", ["", "EventHubNamespace"].map(authorizationRule)),
    ...inTerraform(
        "",
        ["ServicebusNamespace", "ServicebusQueue", "ServicebusTopic", "Eventhub", "EventhubNamespace"].map(
            authorizationRule,
        ),
    ),
];

/** Servers of databases with an administrator that has a password. */
export const DATABASES: readonly string[] = [
    ...inModule("azure-native:dbformysql", ["FlexibleServer", "Server"]),
    ...inModule("azure-native:dbforpostgresql", ["FlexibleServer", "Server"]),
    ...inModule("azure-native:sql", ["ManagedInstance", "Server"]),
    "azure-native:synapse:Workspace",
    ...inModule("azure:mssql", ["ManagedInstance", "Server"]),
    ...inModule("azure:mysql", ["FlexibleServer", "Server"]),
    ...inModule("azure:postgresql", ["FlexibleServer", "Server"]),
    "azure:sql:SqlServer",
    "azure:synapse:Workspace",
    ...inTerraform("", ["MssqlServer", "MysqlFlexibleServer", "PostgresqlFlexibleServer", "SynapseWorkspace"]),
];
