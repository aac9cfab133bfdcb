import type { Grant } from "../access/grant.ts";
import { tierName } from "../access/tier.ts";
import { tableOf } from "./table.ts";

const TIER_STYLE = { 0: "red", 1: "yellow", 2: "green" } as const;

/** An action without its namespace: `virtualMachines/read`. */
const shortAction = (action: string): string => action.slice(action.indexOf("/") + 1);

/** What a grant gives, in the words people use. */
export const grantInWords = (grant: Grant): string => {
    if (grant.kind === "api") return grant.permission;
    return grant.custom === true ? `just ${(grant.actions ?? []).map(shortAction).join(", ")}` : grant.role;
};

/** Resource types as people call them, by the type's last name; others keep that name. */
const KINDS: Readonly<Record<string, string>> = {
    automationaccounts: "Automation account",
    containerapps: "container app",
    managementgroups: "management group",
    resourcegroups: "group",
    secrets: "secret",
    sites: "app",
    storageaccounts: "storage account",
    userassignedidentities: "identity",
    vaults: "vault",
    virtualmachines: "virtual machine",
};

/** A scope in the words people use: what it is, its name, and its group. */
export const scopeInWords = (scope: string): string => {
    const parts = scope.split("/").filter(part => part !== "");
    const [type = "", name] = parts.slice(-2);
    if (name === undefined) return "tenant";
    if (parts.length === 2) return `subscription ${name}`;
    const kind = KINDS[type.toLowerCase()] ?? type;
    const group = parts.findIndex(part => part.toLowerCase() === "resourcegroups");
    return group < 0 || group === parts.length - 2 ? `${kind} ${name}` : `${kind} ${name} in ${parts[group + 1]}`;
};

const order = (a: Grant, b: Grant): number =>
    a.identity.localeCompare(b.identity, "en") ||
    a.tier - b.tier ||
    grantInWords(a).localeCompare(grantInWords(b), "en");

const row = (grant: Grant): string[] => [
    grant.identity,
    grantInWords(grant),
    grant.kind === "api" ? grant.apiName : scopeInWords(grant.scope),
    tierName(grant.tier),
    grant.reason ?? "",
];

const TIER_COLUMN = 3;
const HEAD = ["Identity", "Permission or role", "On", "How dangerous", "Why"];
const SHARES = [0.16, 0.22, 0.2, 0.16, 0.26];
/** Grants as a table: who may do what, on what, how dangerous that is, and why it was given. */
export const grantTable = (grants: readonly Grant[], columns = process.stdout.columns ?? 120): string => {
    const sorted = [...grants].sort(order);
    const tiers = sorted.map(({ tier }) => TIER_STYLE[tier]);
    return tableOf({ head: HEAD, shares: SHARES, styled: TIER_COLUMN, styles: tiers, columns }, sorted.map(row));
};
