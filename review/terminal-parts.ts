import { styleText } from "node:util";
import { opens } from "./changes.ts";
import { clean } from "./clean.ts";
import type {
    ReviewedAttachment,
    ReviewedChange,
    ReviewedEntry,
    ReviewedException,
    ReviewedFinding,
    ReviewedPath,
    SmallerSet,
} from "./model.ts";
import { rightInWords } from "./rights.ts";
import { SIGNS } from "./signs.ts";
import { tierInWords } from "./tiers.ts";

type Style = Parameters<typeof styleText>[0];

const TIER_STYLE = { 0: "red", 1: "yellow", 2: "blue" } as const;

/** Lines broken at spaces; all but the first are indented, so that no text of others begins one. */
const wrap = (text: string, indent: number, columns: number): string => {
    const lines: string[] = [];
    for (const word of text.split(" ")) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= columns - indent)
            lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines.join(`\n${" ".repeat(indent)}`);
};

/** Writes the entries of a review for a terminal of some width, in colour or without. */
export class TerminalWriter {
    readonly #columns: number;
    readonly #colour: boolean;
    readonly #nameOf: (key: string) => string;

    constructor(columns: number, colour: boolean, nameOf: (key: string) => string) {
        this.#columns = columns;
        this.#colour = colour;
        this.#nameOf = nameOf;
    }

    paint(style: Style, text: string): string {
        return this.#colour ? styleText(style, text, { validateStream: false }) : text;
    }

    /** Text of others from a column on, further lines below it. */
    line(text: string, indent: number): string {
        return `${" ".repeat(indent)}${wrap(clean(text, 2_000), indent, this.#columns)}`;
    }

    readonly change = ({ change, right, how, was }: ReviewedChange): string => {
        const style = opens({ change }) ? "red" : change === "moved" ? "magenta" : "green";
        const sign = this.paint(style, `${SIGNS[change]} ${change.padEnd(8)}`);
        const tier = this.paint(right.tier === null ? "magenta" : TIER_STYLE[right.tier], tierInWords(right.tier));
        const more = [...how, ...(was === undefined || how.length === 0 ? right.unknown : [])];
        return [
            `  ${sign} ${this.line(`${this.#nameOf(right.holder)}: ${rightInWords(right)}`, 13).trimStart()}`,
            `             ${tier}`,
            ...more.map(words => this.line(words, 13)),
        ].join("\n");
    };

    readonly finding = ({ severity, mandatory, subject, message, remediation, rule }: ReviewedFinding): string => {
        const label = `${severity}${mandatory ? ", stops the deployment" : ""}`;
        return [
            `  ${this.paint(severity === "low" ? "bold" : "red", label)}`,
            this.line(`${subject}: ${message} (${rule})`, 4),
            this.line(`to mend: ${remediation}`, 4),
        ].join("\n");
    };

    readonly path = ({ fromName, toName, hops, cut, notes }: ReviewedPath): string =>
        [
            this.line(`from ${fromName} to ${toName}`, 2),
            ...hops.map(({ words }, at) => `    ${String(at + 1)}. ${this.line(words, 7).trimStart()}`),
            ...notes.map(words => this.line(words, 4)),
            ...(cut === undefined ? [] : [this.line(`cheapest cut: take away ${cut}`, 4)]),
        ].join("\n");

    readonly smaller = ({ identity, enough, dropped }: SmallerSet): string =>
        [
            this.line(`${identity} needs only ${enough.map(({ right }) => right).join(", ") || "nothing"}`, 2),
            ...dropped.map(({ right, why }) => this.line(`drop ${right}: ${why}`, 4)),
        ].join("\n");

    readonly entry = ({ change, identity, words }: ReviewedEntry): string =>
        this.line(`${change}: ${words} signs in as ${identity}`, 2);

    readonly attachment = ({ change, identity, host }: ReviewedAttachment): string =>
        this.line(`${host} ${change === "added" ? "can act" : "acts no more"} as ${identity}`, 2);

    readonly exception =
        (state: string) =>
        ({ subject, rule, owner, expires }: ReviewedException): string =>
            this.line(`${state} ${expires}: ${subject}, ${rule} (${owner})`, 2);
}
