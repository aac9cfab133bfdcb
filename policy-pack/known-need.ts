import { MICROSOFT_GRAPH } from "../access/apis.ts";
import { type Call, formatCall, parseCall } from "../access/calls.ts";
import type { AccessModel, PermissionRight, Principal } from "../access/model.ts";
import type { SignInKind } from "../runbooks/scan/findings.ts";
import { needOf } from "../runbooks/scan/need.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import type { AutomationAccountSubject } from "./adapter/subject-automation.ts";
import type { StackSubject } from "./adapter/subject-grants.ts";
import { foreignCommands } from "./foreign-commands.ts";
import { matches } from "./pattern.ts";
import { powerShellOf } from "./runbook-language.ts";
import { scanText } from "./runbook-scan.ts";

/** What is known of what an identity does. */
export interface KnownNeed<T> {
    readonly all: readonly T[];
    /** Whether nothing else is to be expected: then what `all` does not need is not needed. */
    readonly isWhole: boolean;
}

/** Lines by name or pattern of the identity they are for. */
export type Declared = Readonly<Record<string, readonly string[]>>;

/** What the runbooks of an identity do, as far as the stack carries their text. */
interface ScannedNeed {
    readonly calls: readonly Call[];
    readonly actions: readonly string[];
    readonly isWhole: boolean;
    readonly usesOtherApis: boolean;
}

const scanOf = (text: string): Scan | undefined => {
    try {
        return scanText(text);
    } catch {
        return undefined;
    }
};

const isAlone = ({ identities }: AutomationAccountSubject): boolean => identities.length === 1;

/** Whether an identity acts for nothing but these accounts. */
const actsFor = (accounts: number, { key }: Principal, { hosts, entries }: AccessModel): boolean =>
    hosts.filter(({ identities }) => identities.includes(key)).length === accounts &&
    !entries.some(({ principal }) => principal === key);

const OWN_SIGN_INS: ReadonlySet<SignInKind> = new Set(["managed-identity", "token"]);

/** Whether some of what a runbook does may be done by another than its account's identity. */
const signsInOtherwise = (scan: Scan | undefined): boolean =>
    scan?.signIn.some(({ kind }) => !OWN_SIGN_INS.has(kind)) === true;

/** Of an account with several identities nothing tells which of them a runbook signs in as. */
const scannedNeed = (principal: Principal, { model, accounts }: StackSubject): ScannedNeed | undefined => {
    const own = accounts.filter(({ identities }) => identities.some(({ key }) => key === principal.key));
    const runbooks = own.flatMap(({ runbooks: all }) => all);
    if (runbooks.length === 0 || !own.every(isAlone)) return undefined;
    const scans = runbooks.map(runbook => {
        const text = powerShellOf(runbook);
        return text === undefined ? undefined : scanOf(text);
    });
    if (scans.some(signsInOtherwise)) return undefined;
    const isOwn = runbooks.every(runbook => foreignCommands(powerShellOf(runbook) ?? "").length === 0);
    const needs = scans.flatMap(scan => (scan === undefined ? [] : [needOf(scan)]));
    return {
        calls: needs.flatMap(({ calls }) => calls),
        actions: needs.flatMap(({ actions }) => actions),
        isWhole:
            isOwn &&
            needs.length === runbooks.length &&
            needs.every(({ complete }) => complete) &&
            scans.every(scan => scan?.parseErrors === 0) &&
            actsFor(own.length, principal, model),
        usesOtherApis: scans.some(scan => scan !== undefined && scan.otherApis.length > 0),
    };
};

/** The lines that are declared for an identity; undefined where none are. */
const declaredFor = ({ name }: Principal, declared: Declared): readonly string[] | undefined => {
    const lower = name.toLowerCase();
    const found = Object.entries(declared).filter(([pattern]) =>
        pattern.includes("*") ? matches(pattern, name) : pattern.toLowerCase() === lower,
    );
    return found.length === 0 ? undefined : found.flatMap(([, lines]) => lines);
};

/** Reads a call that a program declares; undefined for what is none. */
const readCall = (line: string): Call | undefined => {
    try {
        return parseCall(line);
    } catch {
        return undefined;
    }
};

/** Calls, each once. */
export const distinctCalls = (calls: readonly Call[]): readonly Call[] => [
    ...new Map(calls.map(call => [`${formatCall(call)} ${call.properties?.join() ?? ""}`, call])).values(),
];

/**
 * The Graph calls that an identity is known to make: those declared for it, those its grants are declared for, and those of
 * its runbooks.
 */
export const graphNeed = (
    principal: Principal,
    rights: readonly PermissionRight[],
    stack: StackSubject,
    declared: Declared,
): KnownNeed<Call> => {
    const listed = declaredFor(principal, declared);
    const scanned = scannedNeed(principal, stack);
    const graph = rights.filter(({ appId }) => appId === MICROSOFT_GRAPH);
    const own = graph.flatMap(({ calls = [] }) => calls.map(readCall));
    const isDeclared = graph.length > 0 && graph.every(({ calls }) => calls !== undefined) && !own.includes(undefined);
    const calls = [...(listed ?? []).map(parseCall), ...own, ...(scanned?.calls ?? [])];
    return {
        all: distinctCalls(calls.filter(call => call !== undefined)),
        isWhole: listed !== undefined || isDeclared || scanned?.isWhole === true,
    };
};

/** The Azure actions that an identity is known to take: those declared for it, and those of its runbooks. */
export const azureNeed = (principal: Principal, stack: StackSubject, declared: Declared): KnownNeed<string> => {
    const listed = declaredFor(principal, declared);
    const scanned = scannedNeed(principal, stack);
    return {
        all: [...new Set([...(listed ?? []), ...(scanned?.actions ?? [])])].sort(),
        isWhole: listed !== undefined || (scanned?.isWhole === true && !scanned.usesOtherApis),
    };
};
