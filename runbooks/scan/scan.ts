import { formatCall } from "../../access/calls.ts";
import { startClock } from "./clock.ts";
import { readAnnotations } from "./annotations.ts";
import type { Annotations } from "./annotations.ts";
import type { Findings, CmdletUse, FoundAction, FoundCall, OtherApiUse, SignIn, Unresolved } from "./findings.ts";
import { requiredModules } from "./modules.ts";
import type { ModuleUse } from "./modules.ts";
import { findProblems } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { runScript } from "./run-script.ts";
import { decodeSource, withPlainLines } from "./source.ts";
import type { Wrapper } from "./wrappers.ts";

export interface ScanOptions {
    /** The runbook's path, for messages. */
    readonly path: string;
    /** The source of another script by the name it is called: `./Other.ps1`. @default - other scripts are not followed */
    readonly sibling?: (name: string) => string | Uint8Array | undefined;
    /** Commands of third-party modules that send requests. @default - told by their shape */
    readonly wrappers?: readonly Wrapper[];
    /** Bound on the time taken. @default - 4 */
    readonly seconds?: number;
}

/** What a runbook does, as far as its source tells. */
export interface Scan {
    readonly path: string;
    /** Places the grammar could not read. */
    readonly parseErrors: number;
    readonly calls: readonly FoundCall[];
    readonly cmdlets: readonly CmdletUse[];
    readonly actions: readonly FoundAction[];
    readonly otherApis: readonly OtherApiUse[];
    readonly signIn: readonly SignIn[];
    /** Requests it cannot tell: as long as there are any, the need is not complete. */
    readonly unresolved: readonly Unresolved[];
    /** Permissions the author declares; null when there is no declaration. */
    readonly declared: readonly string[] | null;
    readonly modules: readonly ModuleUse[];
    readonly problems: readonly Problem[];
}

const MAX_LENGTH = 8_000_000;
/** An annotation speaks for a request at most so many lines below it. */
const NEAR = 3;

const byLine = <T extends { readonly line: number }>(all: Iterable<T>): T[] => [...all].sort((a, b) => a.line - b.line);

interface Annotated {
    readonly calls: readonly FoundCall[];
    readonly unresolved: readonly Unresolved[];
    readonly problems: readonly Problem[];
}

/** Adds the calls the author names, each in the place of the unresolved request below it. */
const annotate = (findings: Findings, annotations: Annotations): Annotated => {
    const isNear = (line: number, { line: at }: Unresolved): boolean => at >= line && at <= line + NEAR;
    const unresolved = byLine(findings.unresolved.values());
    const found = new Set([...findings.calls.values()].map(call => formatCall(call).toLowerCase()));
    const problems = annotations.errors.map(({ line, text }) => ({ line, text }));
    for (const { call, line } of annotations.calls) {
        const speaks = unresolved.some(each => isNear(line, each));
        if (!speaks && !found.has(formatCall(call).toLowerCase())) {
            problems.push({
                line,
                text: `annotation names '${formatCall(call)}'; no request near it is unresolved and the code makes no such call`,
            });
        }
    }
    return {
        calls: [
            ...findings.calls.values(),
            ...annotations.calls.map(({ call, line }) => ({ ...call, line, via: "annotation" })),
        ],
        unresolved: unresolved.filter(each => !annotations.calls.some(({ line }) => isNear(line, each))),
        problems,
    };
};

/**
 * Reads a runbook: the calls and actions it makes, how it signs in, and what cannot be told without running it.
 * The grammar must be loaded: see `loadGrammar`. Throws when the source is too long.
 */
export const scanRunbook = (source: string | Uint8Array, options: ScanOptions): Scan => {
    const text = typeof source === "string" ? withPlainLines(source) : decodeSource(source);
    if (text.length > MAX_LENGTH) {
        throw new Error(`${options.path}: ${String(text.length)} characters; expected at most ${String(MAX_LENGTH)}`);
    }
    startClock();
    const deadline = (options.seconds ?? 4) * 1000;
    const { findings, parseErrors } = runScript(text, options, deadline);
    const annotations = readAnnotations(text);
    const annotated = annotate(findings, annotations);
    const signIn = byLine(findings.signIns.values());
    const modules = requiredModules(text);
    const otherApis = byLine(findings.otherApis.values());
    return {
        path: options.path,
        parseErrors,
        calls: byLine(annotated.calls),
        cmdlets: byLine(findings.cmdlets.values()),
        actions: byLine(findings.actions.values()),
        otherApis,
        signIn,
        unresolved: annotated.unresolved,
        declared: annotations.declared,
        modules,
        problems: byLine([...annotated.problems, ...findProblems(text, signIn, modules, otherApis)]),
    };
};
