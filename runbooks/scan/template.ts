import { isHole } from "./values.ts";
import type { Hole, TextValue } from "./values.ts";

/** Stands for an unknown part in the text of a template. */
export const MARK = "\ue000";
export const MARKS = /\ue000+/g;

/** An address as one text, unknown parts marked. */
export interface Template {
    readonly text: string;
    readonly holes: readonly Hole[];
    /** Depth of the call that wrote the last known part that says where the request goes. */
    readonly depth: number;
    /** Known values that stand in the text in place of something else. */
    readonly inserted: ReadonlySet<string>;
}

export const templateOf = (value: TextValue): Template => {
    const holes: Hole[] = [];
    const inserted = new Set<string>();
    let depth: number | undefined;
    let text = "";
    let isQuery = false;
    for (const part of value.parts) {
        if (isHole(part)) {
            holes.push(part);
            text += MARK;
            continue;
        }
        if (part.inserted === true) inserted.add(part.text);
        if (!isQuery && /[/\w]/.test(part.text)) depth = part.depth;
        isQuery ||= part.text.includes("?");
        text += part.text;
    }
    return { text: text.trim(), holes, depth: depth ?? Number.MAX_SAFE_INTEGER, inserted };
};

/** The name of the unknown part at a place in the text. */
export const holeAt = ({ text, holes }: Template, place: number): Hole | undefined =>
    holes[text.slice(0, place).split(MARK).length - 1];

/** For people: unknown parts by their name. */
export const readable = ({ text, holes }: Template): string => {
    let index = 0;
    return text.replaceAll(MARK, () => {
        const name = holes[index++]?.hole ?? "";
        return name.startsWith("$") ? `$(${name.slice(1)})` : `<${name}>`;
    });
};
