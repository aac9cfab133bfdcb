import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCall } from "../access/calls.ts";
import { needOf } from "../runbooks/scan/need.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

/** A call to be found, its path in segments; `{id}` is written as a variable that nothing sets. */
interface Wanted {
    readonly method: string;
    readonly version: "v1.0" | "beta";
    readonly path: string;
}

const PATHS = [
    "users",
    "users/{id}",
    "users/{id}/manager",
    "groups/{id}/members",
    "groups/{id}/members/{id}/$ref",
    "devices/{id}",
    "deviceManagement/managedDevices/{id}/syncDevice",
    "applications/{id}/owners",
    "auditLogs/signIns",
    "sites/{id}/lists/{id}/items",
] as const;

const wanted: fc.Arbitrary<Wanted> = fc.record({
    method: fc.constantFrom("GET", "POST", "PATCH", "DELETE"),
    version: fc.constantFrom("v1.0" as const, "beta" as const),
    path: fc.constantFrom(...PATHS),
});

const expected = (calls: readonly Wanted[]): string[] =>
    [...new Set(calls.map(({ method, version, path }) => formatCall({ method, version, path: `/${path}` })))].sort();

const cased = (text: string, kind: number): string =>
    [text, text.toLowerCase(), text.charAt(0) + text.slice(1).toLowerCase()][kind % 3] ?? text;

/** The path as the inside of a string in double quotes. */
const interpolated = (path: string): string => path.replaceAll("$ref", "`$ref").replaceAll("{id}", () => "$($item.id)");

/** Ways to write a path as an expression, with the statements that must stand before it. */
type Way = (path: string, base: string, name: string) => { readonly before: string; readonly expression: string };

const pieces = (path: string): string[] => path.split(/(\{id\})/).filter(piece => piece !== "");

const WAYS: readonly Way[] = [
    (path, base) => ({ before: "", expression: `"${base}/${interpolated(path)}"` }),
    (path, base, name) => ({ before: `$${name} = "${base}"`, expression: `"$${name}/${interpolated(path)}"` }),
    (path, base, name) => ({
        before: `$${name} = '${base}/'\n${pieces(path)
            .map(piece => `$${name} += ${piece === "{id}" ? "$item.Id" : `'${piece}'`}`)
            .join("\n")}`,
        expression: `$${name}`,
    }),
    (path, base) => ({
        before: "",
        expression: `('${base}/' + ${pieces(path)
            .map(piece => (piece === "{id}" ? "$item.Id" : `'${piece}'`))
            .join(" + ")})`,
    }),
    (path, base) => ({
        before: "",
        expression: `("{0}/${path.replaceAll("$ref", "`$ref").replaceAll("{id}", "{1}")}" -f '${base}', $item.Id)`,
    }),
    (path, base) => ({
        before: "",
        expression: `(@('${base}', ${path
            .split("/")
            .map(segment => (segment === "{id}" ? "$id" : `'${segment}'`))
            .join(", ")}) -join '/')`,
    }),
    (path, base, name) => ({
        before: `$${name} = @{ other = 'x'; uri = "${base}/${interpolated(path)}" }`,
        expression: `$${name}.uri`,
    }),
    (path, base, name) => ({
        before: `$${name} = @"\n${base}/${interpolated(path)}\n"@`,
        expression: `$${name}`,
    }),
    (path, base, name) => ({
        before: `$${name}a = "${base}/${interpolated(path)}"\n$${name}b = $${name}a\n$${name} = [string]$${name}b`,
        expression: `$${name}`,
    }),
    (path, base, name) => ({
        before: `function Get-${name}([string]$Root) { return "$Root/${interpolated(path)}" }`,
        expression: `(Get-${name} -Root '${base}')`,
    }),
    (path, base) => ({
        before: "",
        expression: `('${base}/${path.replaceAll("{id}", "__ID__")}' -replace '__ID__', $item.Id)`,
    }),
];

/** Ways to send a request to an address. */
type Send = (address: string, method: string, name: string) => string;

const SENDS: readonly Send[] = [
    (address, method) => `Invoke-MgGraphRequest -Method ${method} -Uri ${address}`,
    (address, method) => `$null = Invoke-RestMethod -Uri ${address} -Method '${method}' -Headers $headers`,
    (address, method, name) =>
        `$${name}p = @{ Uri = ${address}; Method = '${method}' }\nInvoke-MgGraphRequest @${name}p`,
    (address, method, name) =>
        `function Send-${name} { param($Uri, $Method = '${method}')\n Invoke-MgGraphRequest -Uri $Uri -Method $Method }\nSend-${name} ${address}`,
    (address, method, name) =>
        `$${name}u = ${address}\ndo { $r = Invoke-MgGraphRequest -Uri $${name}u -Method ${method}; $${name}u = $r.'@odata.nextLink' } while ($${name}u)`,
    (address, method) => `if ($x) { try { Invoke-MgGraphRequest -Uri ${address} -Method ${method} } catch { throw } }`,
    (address, method) => `1..3 | ForEach-Object { Invoke-MgGraphRequest -Uri ${address} -Method ${method} }`,
    (address, method) => `& { Invoke-MgGraphRequest -Method ${method} -Uri ${address} }`,
    (address, method, name) =>
        `$${name}m = '${method}'\nswitch ($mode) { 'a b' { Invoke-MgGraphRequest -Uri ${address} -Method $${name}m } default { } }`,
];

const script = (calls: readonly Wanted[], ways: readonly number[], sends: readonly number[]): string =>
    calls
        .map(({ method, version, path }, index) => {
            const name = `v${String(index)}`;
            const way = WAYS[(ways[index] ?? 0) % WAYS.length] ?? WAYS[0];
            const send = SENDS[(sends[index] ?? 0) % SENDS.length] ?? SENDS[0];
            const made = way?.(path, `https://graph.microsoft.com/${version}`, name);
            const text = send?.(made?.expression ?? "", cased(method, ways[index] ?? 0), name) ?? "";
            return `${made?.before ?? ""}\n${text}`;
        })
        .join("\n");

before(loadGrammar);

describe("a script made from calls", () => {
    it("gives back these calls and no others, however their addresses are put together", () => {
        fc.assert(
            fc.property(
                fc.array(wanted, { minLength: 1, maxLength: 8 }),
                fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
                fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
                (calls, ways, sends) => {
                    const scan = scanRunbook(script(calls, ways, sends), { path: "made.ps1" });
                    assert.deepEqual(scan.unresolved, []);
                    assert.deepEqual(needOf(scan).calls.map(formatCall).sort(), expected(calls));
                },
            ),
            { numRuns: 150 },
        );
    });

    it("gives every call its line", () => {
        fc.assert(
            fc.property(fc.array(wanted, { minLength: 1, maxLength: 6 }), calls => {
                const source = calls
                    .map(
                        ({ method, version, path }) =>
                            `Invoke-MgGraphRequest -Method ${method} -Uri "/${version}/${interpolated(path)}"`,
                    )
                    .join("\n\n");
                const scan = scanRunbook(source, { path: "made.ps1" });
                assert.deepEqual(
                    scan.calls.map(({ line }) => line),
                    calls.map((_, index) => index * 2 + 1),
                );
            }),
            { numRuns: 50 },
        );
    });
});
