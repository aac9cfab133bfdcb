import { anyOf, mapOptions } from "./value-options.ts";
import { concat, joinTexts, textFrom, textsOf } from "./value-texts.ts";
import { isHole, list, literal, plain, unknown } from "./values.ts";
import type { TextValue, Value } from "./values.ts";

/** `"{0}/{1}" -f $a, $b`, in every combination of what the arguments may be. */
export const format = (template: Value, args: readonly Value[]): Value =>
    anyOf(
        textsOf(template).map(text =>
            concat(
                text.parts.flatMap((part): Value[] => {
                    if (isHole(part)) return [textFrom([part])];
                    return part.text.split(/(\{\d+[^{}]*\})/).map(piece => {
                        const index = /^\{(\d+)/.exec(piece)?.[1];
                        if (index === undefined)
                            return literal(piece.replaceAll("{{", "{").replaceAll("}}", "}"), part.depth);
                        return args[Number(index)] ?? unknown(`argument ${index}`);
                    });
                }),
            ),
        ),
    );

/** Replaces a pattern in the known parts of a text; an unknown part stays. */
export const replaceIn = (text: TextValue, find: string, by: string, isPattern: boolean): Value => {
    let pattern: RegExp;
    try {
        pattern = new RegExp(isPattern ? find : find.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
    } catch {
        return text;
    }
    return textFrom(
        text.parts.map(part => (isHole(part) ? part : { text: part.text.replace(pattern, by), depth: part.depth })),
    );
};

export const replaced = (left: Value, right: Value): Value => {
    const [find, by] = right.t === "list" ? right.items : [right, undefined];
    const pattern = plain(find);
    const replacement = by === undefined ? "" : plain(by);
    if (pattern === undefined) return left;
    if (replacement === undefined) {
        const parts = by === undefined ? [] : (textsOf(by)[0]?.parts ?? []);
        return mapOptions(left, each => (each.t === "text" ? splice(each, pattern, parts) : each));
    }
    return mapOptions(left, each => (each.t === "text" ? replaceIn(each, pattern, replacement, true) : each));
};

/** Puts unknown parts where a literal pattern stands: `$template -replace "{id}", $id`. */
export const splice = (text: TextValue, find: string, parts: TextValue["parts"]): TextValue => {
    const literalFind = find.replace(/\\(.)/g, "$1");
    return textFrom(
        text.parts.flatMap(part => {
            if (isHole(part) || literalFind === "") return [part];
            return part.text
                .split(literalFind)
                .flatMap((piece, index) => [...(index > 0 ? parts : []), { text: piece, depth: part.depth }]);
        }),
    );
};

export const joined = (left: Value, separator: string): Value =>
    mapOptions(left, each => {
        if (each.t !== "list") return each;
        return each.open ? unknown("a joined list") : joinTexts(each.items, separator);
    });

export const split = (left: Value, separator: string): Value => {
    const text = plain(left);
    if (text === undefined) return list([], true);
    try {
        return list(text.split(new RegExp(separator, "i")).map(piece => literal(piece)));
    } catch {
        return list([], true);
    }
};
