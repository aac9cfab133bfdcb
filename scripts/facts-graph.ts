import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MICROSOFT_GRAPH, compileAppRoles, grantableOn } from "./facts-graph-roles.ts";
import { compileCmdlets } from "./facts-graph-cmdlets.ts";
import { compileCalls } from "./facts-graph-calls.ts";
import type { Overrides } from "./graph-overrides.ts";
import { withoutDoubles } from "./graph-source.ts";
import type { RawAppRole, RawDeployment, RawPermissions } from "./graph-source.ts";

const OVERRIDES = new URL("../access/facts/graph-overrides.json", import.meta.url);

/** JSON with one entry a line, so that an update reads as a diff: objects and lists of rows are broken up, rows are not. */
const byLine = (value: unknown): string => {
    if (Array.isArray(value))
        return value.some(entry => Array.isArray(entry))
            ? `[\n${value.map(row => JSON.stringify(row)).join(",\n")}\n]`
            : JSON.stringify(value);
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const lines = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}:${byLine(entry)}`);
    return lines.length === 1 ? `{${lines.join("")}}` : `{\n${lines.join(",\n")}\n}`;
};

export interface GraphOptions {
    /** Compiles no cmdlet table, and needs no `graph-cmdlets.csv`. @default false */
    readonly keepCmdlets?: boolean;
}

/** Compiles the Microsoft Graph tables and the app roles of the other APIs from the raw tables in `folder` into `out`. */
export const compileGraphFacts = (folder: string, out: string, { keepCmdlets = false }: GraphOptions = {}): void => {
    const write = (name: string, value: unknown): void => {
        writeFileSync(join(out, `${name}.json`), `${byLine(value)}\n`);
    };
    const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
    const { permissions: listed } = read<{ permissions: RawPermissions }>("graph-permissions.json");
    const { permissionDeployments: deployments } = read<{ permissionDeployments: Record<string, RawDeployment[]> }>(
        "graph-provisioning.json",
    );
    const permissions = withoutDoubles(listed, new Set(Object.keys(deployments)));
    const overrides = JSON.parse(readFileSync(OVERRIDES, "utf8")) as Overrides;
    const roles = compileAppRoles({ permissions, deployments, tiers: read<RawAppRole[]>("app-role-tiers.json") });
    if (!keepCmdlets) write("graph-cmdlets", compileCmdlets(readFileSync(join(folder, "graph-cmdlets.csv"), "utf8")));
    write("app-roles", roles);
    write("graph-calls", compileCalls(permissions, overrides, grantableOn(roles, MICROSOFT_GRAPH)));
};
