import { basename } from "node:path";
import type { Scan } from "../runbooks/scan/scan.ts";

/** A module that a runbook cannot do without. */
export interface ModuleNeed {
    readonly name: string;
    readonly minimum?: string;
    readonly why: string;
}

const BASES: readonly (readonly [RegExp, string])[] = [
    [/^[a-z]+-Az(?!ure)[A-Z]/i, "Az.Accounts"],
    [/^[a-z]+-(Mg|MgGraph)[A-Z]/i, "Microsoft.Graph.Authentication"],
];

/** The modules that a runbook asks for, and those that its cmdlets sign in and call by. */
export const modulesOf = ({ path, cmdlets, calls, modules }: Scan): ModuleNeed[] => [
    ...modules.map(({ name, version }) => ({
        name,
        why: `#Requires in ${basename(path)}`,
        ...(version !== undefined && { minimum: version }),
    })),
    ...BASES.flatMap(([names, name]) => {
        const used = [...calls.map(({ via, line }) => ({ name: via, line })), ...cmdlets];
        const use = used.find(cmdlet => names.test(cmdlet.name));
        return use === undefined ? [] : [{ name, why: `${use.name}, ${basename(path)}:${String(use.line)}` }];
    }),
];
