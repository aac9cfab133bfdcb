const AZURE_NATIVE = /^azure-(native|nextgen)(_.*)?$/;

/** Packages of bridged providers that have no modules. */
const TERRAFORM: ReadonlySet<string> = new Set(["azapi", "azuread", "azurerm", "msgraph"]);

const head = (module: string): string => module.split("/")[0] ?? "";

/**
 * A resource type without what differs between its tokens: API versions of azure-native, be they in the module or in
 * the package, and the file names of bridged providers. `azure-native:authorization/v20220401:RoleAssignment` and
 * `azure-native_authorization_v20220401:authorization:RoleAssignment` are both `azure-native:authorization:RoleAssignment`.
 * Undefined for a type that is neither Azure's nor Leastwise's.
 */
export const normaliseToken = (type: string): string | undefined => {
    const [pack = "", module = "", name = ""] = type.split(":");
    if (AZURE_NATIVE.test(pack)) return `azure-native:${head(module)}:${name}`;
    if (pack === "leastwise" || module === "dynamic/leastwise") return `leastwise:${name}`;
    if (pack === "azure") return `azure:${head(module)}:${name}`;
    return TERRAFORM.has(pack) ? `${pack}:${name}` : undefined;
};
