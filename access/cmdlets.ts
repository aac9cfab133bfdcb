import type { Call } from "./calls.ts";
import { lazy, readFacts } from "./facts.ts";
import { METHOD_LETTERS } from "./method.ts";
import { NameIndex } from "./name-index.ts";

interface CmdletTable {
    readonly paths: readonly string[];
    readonly cmdlets: Readonly<Record<string, string>>;
}

const table = lazy(() => readFacts<CmdletTable>("graph-cmdlets"));

const byLowerCase = lazy(() => new Map(Object.keys(table().cmdlets).map(name => [name.toLowerCase(), name])));

const NAME = /^([a-z]+)-mg(beta)?(\w+)$/i;

const METHOD_OF = new Map(Object.entries(METHOD_LETTERS).map(([method, letter]) => [letter, method]));

const callOf = (text: string, version: Call["version"]): Call => ({
    method: METHOD_OF.get(text.charAt(0)) ?? "",
    path: table().paths[Number(text.slice(1))] ?? "",
    version,
});

const listed = (name: string): string | undefined => {
    const { cmdlets } = table();
    if (Object.hasOwn(cmdlets, name)) return cmdlets[name];
    const known = byLowerCase().get(name.toLowerCase());
    return known === undefined ? undefined : cmdlets[known];
};

/**
 * The calls a cmdlet of the Microsoft Graph PowerShell SDK may make, in any case of its name; which of several it is
 * depends on the parameters used. Undefined for a name that is no such cmdlet.
 */
export const callsOf = (cmdlet: string): readonly Call[] | undefined => {
    const [, verb = "", beta, noun = ""] = NAME.exec(cmdlet.trim()) ?? [];
    // New-MgGroupMember is an alias of New-MgGroupMemberByRef.
    const calls = listed(`${verb}-${noun}`) ?? listed(`${verb}-${noun}ByRef`);
    if (calls === undefined) return undefined;
    const version = beta === undefined ? "v1.0" : "beta";
    const list = calls.split("|")[version === "v1.0" ? 0 : 1] ?? "";
    return list === "" ? undefined : list.split(" ").map(text => callOf(text, version));
};

const byVerb = new Map<string, NameIndex>();

const indexOf = (verb: string): NameIndex => {
    const known = byVerb.get(verb);
    if (known !== undefined) return known;
    const names = Object.keys(table().cmdlets).filter(name => name.toLowerCase().startsWith(`${verb}-`));
    const index = new NameIndex(names);
    if (names.length > 0) byVerb.set(verb, index);
    return index;
};

/** The cmdlet of the same verb and version nearest to a misspelled name, if one is near enough to be meant. */
export const nearestCmdlet = (cmdlet: string): string | undefined => {
    const [, verb = "", beta = "", noun = ""] = NAME.exec(cmdlet.trim()) ?? [];
    const match = indexOf(verb.toLowerCase()).nearest(`${verb}-${noun}`);
    return match?.replace("-", `-Mg${beta === "" ? "" : "Beta"}`);
};
