import { FALSE, NOTHING, TRUE, isHole, list, literal, table } from "./values.ts";
import { textFrom } from "./value-texts.ts";
import type { Hole, Part, TextValue, Value } from "./values.ts";

/** Stands for hole number n while JSON is read. */
const MARK = "\ue000";
const MARKED = /\ue000(\d+)\ue000/;

const restore = (text: string, holes: readonly Hole[], depth: number): Value => {
    const parts = text.split(/(\ue000\d+\ue000)/).map((piece): Part => {
        const hole = holes[Number(MARKED.exec(piece)?.[1] ?? -1)];
        return hole ?? { text: piece, depth };
    });
    return textFrom(parts);
};

const convert = (json: unknown, holes: readonly Hole[], depth: number): Value => {
    if (json === null) return NOTHING;
    if (typeof json === "string") return restore(json, holes, depth);
    if (typeof json === "boolean") return json ? TRUE : FALSE;
    if (Array.isArray(json)) return list(json.map(each => convert(each, holes, depth)));
    if (typeof json === "object") {
        return table(Object.entries(json).map(([key, value]) => [key.toLowerCase(), convert(value, holes, depth)]));
    }
    return literal(String(json), depth);
};

/** The value of a JSON text, whose strings may have holes; undefined when it is not JSON as far as it is known. */
export const parseJson = ({ parts }: TextValue): Value | undefined => {
    const holes: Hole[] = [];
    let depth = 0;
    const text = parts
        .map(part => {
            if (!isHole(part)) {
                depth = part.depth;
                return part.text;
            }
            return `${MARK}${String(holes.push(part) - 1)}${MARK}`;
        })
        .join("");
    if (!/^\s*[[{]/.test(text)) return undefined;
    try {
        return convert(JSON.parse(text), holes, depth);
    } catch {
        return undefined;
    }
};
