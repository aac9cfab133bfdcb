import { styleText } from "node:util";
import Table from "cli-table3";
import type { Grant } from "../access/grant.ts";
import { tierName } from "../access/tier.ts";

const TIER_STYLE = { 0: "red", 1: "yellow", 2: "green" } as const;

/** An action without its namespace: `virtualMachines/read`. */
const shortAction = (action: string): string => action.slice(action.indexOf("/") + 1);

const what = (grant: Grant): string => {
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
    a.identity.localeCompare(b.identity, "en") || a.tier - b.tier || what(a).localeCompare(what(b), "en");

const row = (grant: Grant): string[] => [
    grant.identity,
    what(grant),
    grant.kind === "api" ? grant.apiName : scopeInWords(grant.scope),
    tierName(grant.tier),
    grant.reason ?? "",
];

const TIER_COLUMN = 3;
const HEAD = ["Identity", "Permission or role", "On", "How dangerous", "Why"];
const SHARES = [0.16, 0.22, 0.2, 0.16, 0.26];
const BORDERS = HEAD.length + 1;
const LEAST_WIDTH = 80;
const WIDEST = 140;

/** Column widths that fill a terminal, never less than their content can be read in. */
const widths = (columns: number): number[] => {
    const room = Math.min(WIDEST, Math.max(LEAST_WIDTH, columns)) - BORDERS;
    return SHARES.map(share => Math.floor(share * room));
};

/** Breaks words that are longer than their column, after a dot, slash or dash where there is one. */
const breakLong = (text: string, width: number): string =>
    text
        .split(" ")
        .map(
            word =>
                word.match(new RegExp(`.{1,${width}}$|.{1,${width - 1}}[./-]|.{1,${width}}`, "g"))?.join("\n") ?? word,
        )
        .join(" ");

const PADDING = 2;

/** Grants as a table: who may do what, on what, how dangerous that is, and why it was given. */
export const grantTable = (grants: readonly Grant[], columns = process.stdout.columns ?? 120): string => {
    const colWidths = widths(columns);
    const style = { head: process.stdout.isTTY ? ["bold"] : [], border: [] };
    const table = new Table({ head: HEAD, colWidths, wordWrap: true, style });
    for (const grant of [...grants].sort(order)) {
        const cells = row(grant).map((cell, i) => breakLong(cell, (colWidths[i] ?? WIDEST) - PADDING));
        const tier = styleText(TIER_STYLE[grant.tier], cells[TIER_COLUMN] ?? "", { stream: process.stdout });
        table.push(cells.with(TIER_COLUMN, tier));
    }
    return table.toString();
};
