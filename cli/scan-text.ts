import Table from "cli-table3";
import { formatCall } from "../access/calls.ts";
import { modulesOf } from "../runbooks/scan/modules-needed.ts";
import type { Scanned } from "./scan-run.ts";
import { heading, wrap } from "./text-layout.ts";

const BARE = {
    chars: {
        top: "",
        "top-mid": "",
        "top-left": "",
        "top-right": "",
        bottom: "",
        "bottom-mid": "",
        "bottom-left": "",
        "bottom-right": "",
        left: "",
        "left-mid": "",
        mid: "",
        "mid-mid": "",
        right: "",
        "right-mid": "",
        middle: " ",
    },
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
};

type Row = readonly [line: number | string, what: string, via: string];

const table = (title: string, rows: readonly Row[]): string[] => {
    if (rows.length === 0) return [];
    const made = new Table(BARE);
    for (const [line, what, via] of rows) made.push([{ content: String(line), hAlign: "right" }, what, via]);
    return [`  ${heading(title)}`, made.toString().replace(/[ \t]+$/gm, "")];
};

const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`  ${heading(title)}`, ...lines.map(line => `    ${wrap(line, 6)}`)];

const withProperties = (text: string, properties: readonly string[] = []): string =>
    properties.length === 0
        ? text
        : `${text} (${properties.length > 4 ? `${String(properties.length)} properties` : properties.join(", ")})`;

const declaration = ({ scan, verdict }: Scanned): string[] => {
    if (scan.declared === null) return [];
    const wrong = [
        ...verdict.missing.map(name => `${name} is needed and not declared`),
        ...verdict.unneeded.map(name => `${name} is declared and used by no call`),
    ];
    return list("Declared by the author", wrong.length === 0 ? ["agrees with the calls"] : wrong);
};

/** One runbook for people: its calls, what they need, how it signs in, and what is not known. */
export const scanText = (scanned: Scanned): string => {
    const { scan, verdict } = scanned;
    const calls = scan.calls.map((call): Row => [
        call.line,
        withProperties(formatCall(call), call.properties),
        call.via,
    ]);
    const actions = scan.actions.map((each): Row => [
        each.line,
        each.action,
        each.derived ? `${each.via} (derived from its name)` : each.via,
    ]);
    const apis = scan.otherApis.map((each): Row => [
        each.line,
        each.retired ? `${each.api} (retired)` : each.api,
        each.via,
    ]);
    const permissions = verdict.permissions.map(
        ({ name, calls: only }) => `${name}${only.length === 0 ? "" : `: ${only.join(", ")}`}`,
    );
    const problems = [
        ...scan.problems.map(({ line, text }) => `line ${String(line)}: ${text}`),
        ...verdict.unmatched.map(({ call, why }) => `${call}: ${why}`),
    ];
    const empty = calls.length + actions.length + apis.length + scan.unresolved.length === 0;
    return [
        heading(scan.path),
        ...(empty ? ["  makes no call that is known of"] : []),
        ...table("Microsoft Graph calls", calls),
        ...table("Azure actions", actions),
        ...table("Other APIs", apis),
        ...list("Permissions", permissions),
        ...list("Azure roles", verdict.roles),
        ...declaration(scanned),
        ...table(
            "Sign-in",
            scan.signIn.map(({ line, kind }): Row => [line, kind, ""]),
        ),
        ...list(
            "Modules",
            modulesOf(scan).map(
                ({ name, minimum, why }) => `${name}${minimum === undefined ? "" : ` ${minimum}`}: ${why}`,
            ),
        ),
        ...list("Problems", problems),
        ...list(
            "Not resolved",
            scan.unresolved.map(
                ({ line, text, reason }) => `line ${String(line)}: ${reason}${text === "" ? "" : ` [${text}]`}`,
            ),
        ),
    ].join("\n");
};
