import { METHOD_LETTERS } from "../access/method.ts";

/** `access/facts/graph-cmdlets.json`: by name without `Mg` and `MgBeta`, the calls of v1.0, and after `|` of beta. */
export interface CmdletTable {
    readonly paths: readonly string[];
    readonly cmdlets: Readonly<Record<string, string>>;
}

interface Row {
    readonly name: string;
    readonly beta: boolean;
    readonly method: string;
    readonly path: string;
}

const ROW = /^([A-Za-z]+)-Mg(Beta)?(\w+),(?:v1\.0|beta),([A-Z]+),(?:"(.*)"|(.*))$/;

const rowOf = (line: string, index: number): Row => {
    const [, verb = "", beta, noun = "", method = "", quoted, plain = ""] = ROW.exec(line) ?? [];
    if (noun === "")
        throw new Error(`line ${index + 2} of graph-cmdlets.csv is not a cmdlet, version, method and path`);
    return { name: `${verb}-${noun}`, beta: beta !== undefined, method, path: quoted ?? plain };
};

/** Compiles the cmdlets of the Microsoft Graph PowerShell SDK and the calls each may make. */
export const compileCmdlets = (csv: string): CmdletTable => {
    const rows = csv.trim().split(/\r?\n/).slice(1).map(rowOf);
    const paths = [...new Set(rows.map(({ path }) => path))].sort();
    const numbers = new Map(paths.map((path, index) => [path, index]));
    const cmdlets = new Map<string, [v1: string[], beta: string[]]>();
    for (const { name, beta, method, path } of rows) {
        const calls = cmdlets.get(name) ?? [[], []];
        calls[beta ? 1 : 0].push(`${METHOD_LETTERS[method] ?? ""}${numbers.get(path) ?? -1}`);
        cmdlets.set(name, calls);
    }
    const entries = [...cmdlets].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
        paths,
        cmdlets: Object.fromEntries(
            entries.map(([name, [v1, beta]]) => [
                name,
                beta.length === 0 ? v1.join(" ") : `${v1.join(" ")}|${beta.join(" ")}`,
            ]),
        ),
    };
};
