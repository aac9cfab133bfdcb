import type { Place } from "./model.ts";

/** Resource types as people call them, by the type's last name; others keep that name. */
const KINDS: ReadonlyMap<string, string> = new Map(
    Object.entries({
        automationaccounts: "Automation account",
        containerapps: "container app",
        factories: "data factory",
        managedclusters: "cluster",
        managementgroups: "management group",
        registries: "registry",
        resourcegroups: "resource group",
        secrets: "secret",
        servers: "server",
        sites: "app",
        storageaccounts: "storage account",
        userassignedidentities: "identity",
        vaults: "vault",
        virtualmachines: "virtual machine",
        workflows: "logic app",
    }),
);

const kindOf = (type: string): string => KINDS.get(type.toLowerCase()) ?? type;

const lastOf = (text: string, separator: string): string => text.split(separator).at(-1) ?? text;

const idInWords = (id: string): string => {
    const parts = id.split("/").filter(part => part !== "");
    const [type = "", name] = parts.slice(-2);
    if (name === undefined) return "the tenant";
    if (parts.length === 2) return `subscription ${name}`;
    const group = parts.findIndex(part => part.toLowerCase() === "resourcegroups");
    const own = `${kindOf(type)} ${name}`;
    return group < 0 || group === parts.length - 2 ? own : `${own} in ${parts[group + 1] ?? ""}`;
};

/** A place in the words people use: what it is, its name, and its group. */
export const placeInWords = ({ id, urn, type, kind, within }: Place): string => {
    if (kind === "tenant") return "the tenant";
    if (id !== undefined) return idInWords(id);
    const noun =
        { managementGroup: "management group", subscription: "subscription", resourceGroup: "resource group" }[
            kind as string
        ] ?? (type === undefined ? "resource" : kindOf(lastOf(type, "/")));
    const name = urn === undefined ? "that is not known yet" : lastOf(urn, "::");
    const group =
        within?.kind === "resourceGroup"
            ? ` in ${lastOf(within.id ?? within.urn ?? "", within.id === undefined ? "::" : "/")}`
            : "";
    return `${noun} ${name}${group}`;
};
