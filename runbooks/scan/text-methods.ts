import { format, replaceIn, splice } from "./text-operators.ts";
import { concat, joinTexts, textFrom, textsOf } from "./value-texts.ts";
import { isHole, list, literal, plain, unknown } from "./values.ts";
import type { TextValue, Value } from "./values.ts";

type Text = (text: TextValue, args: readonly Value[]) => Value;

const changeCase =
    (change: (text: string) => string): Text =>
    text =>
        textFrom(text.parts.map(part => (isHole(part) ? part : { text: change(part.text), depth: part.depth })));

const trimEnds =
    (start: boolean, end: boolean): Text =>
    (text, args) => {
        const characters = plain(args[0]) ?? " \n\r\t";
        const parts = [...text.parts];
        const cut = (at: number, isStart: boolean): void => {
            const part = parts.at(at);
            if (part === undefined || isHole(part)) return;
            let kept = part.text;
            while (kept !== "" && characters.includes(isStart ? kept.charAt(0) : kept.charAt(kept.length - 1))) {
                kept = isStart ? kept.slice(1) : kept.slice(0, -1);
            }
            parts[at < 0 ? parts.length + at : at] = { text: kept, depth: part.depth };
        };
        if (start) cut(0, true);
        if (end) cut(-1, false);
        return textFrom(parts);
    };

const replace: Text = (text, [find, by]) => {
    const pattern = plain(find);
    if (pattern === undefined) return text;
    const replacement = by === undefined ? "" : plain(by);
    if (replacement !== undefined) return replaceIn(text, pattern, replacement, false);
    return splice(text, pattern.replace(/\\/g, "\\\\"), by === undefined ? [] : (textsOf(by)[0]?.parts ?? []));
};

export const TEXT_METHODS: Readonly<Record<string, Text>> = {
    tostring: text => text,
    tolower: changeCase(text => text.toLowerCase()),
    tolowerinvariant: changeCase(text => text.toLowerCase()),
    toupper: changeCase(text => text.toUpperCase()),
    toupperinvariant: changeCase(text => text.toUpperCase()),
    trim: trimEnds(true, true),
    trimstart: trimEnds(true, false),
    trimend: trimEnds(false, true),
    replace,
    split: (text, [separator]) => {
        const known = plain(text);
        return known === undefined
            ? list([], true)
            : list(known.split(plain(separator) ?? " ").map(piece => literal(piece)));
    },
    clone: text => text,
};

export const STATIC_TEXT: Readonly<Record<string, (args: readonly Value[]) => Value | undefined>> = {
    "string::format": ([template, ...args]) =>
        template === undefined
            ? undefined
            : format(template, args.length === 1 && args[0]?.t === "list" ? args[0].items : args),
    "string::join": ([separator, ...items]) => {
        const given = items.length === 1 && items[0]?.t === "list" ? items[0] : list(items);
        return given.open ? unknown("a joined list") : joinTexts(given.items, plain(separator) ?? "");
    },
    "string::concat": args => concat(args),
    "uri::new": ([first, second]) =>
        first === undefined ? undefined : second === undefined ? first : concat([first, second]),
    "uri::escapedatastring": ([first]) => escaped(first),
    "uri::escapeuristring": ([first]) => first,
    "web.httputility::urlencode": ([first]) => escaped(first),
    "net.webutility::urlencode": ([first]) => escaped(first),
    "uribuilder::new": ([first]) => first,
};

const escaped = (value: Value | undefined): Value | undefined => {
    const text = plain(value);
    return text === undefined ? unknown("an escaped text") : literal(encodeURIComponent(text));
};
