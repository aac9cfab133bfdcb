import { isHole } from "./values.ts";
import type { TableValue, TextValue, Value } from "./values.ts";

/** Keys whose values may say where a request goes. */
const TELLING = /ur[il]|path|endpoint|resource|method|body|request|version|base|entity|scope/;
/** So many dull values are kept apart; the rest are as unknown as these. */
const KEPT = 4;
/** A table with so many keys, none of which tells, is a report's row. */
const ROW = 4;

/** Characters an address may be made of, outside marked-up text. */
const isTelling = (text: string): boolean => /[/?=&]/.test(text) && !/^\s*<\/?\w|^\s*n\/a\s*$/i.test(text);

const isDullText = ({ parts }: TextValue): boolean => {
    let hasHole = parts.length === 0;
    let isProse = false;
    for (const part of parts) {
        if (isHole(part)) {
            if (part.kind !== "value") return false;
            hasHole = true;
        } else if (isTelling(part.text)) return false;
        else isProse ||= /[\s<]/.test(part.text);
    }
    return isProse || (hasHole && parts.length === 1);
};

const isPlainWord = (value: Value): boolean => value.t === "text" && !value.parts.some(isHole) && !isPathLike(value);

const isPathLike = ({ parts }: TextValue): boolean => parts.some(part => !isHole(part) && isTelling(part.text));

const isDullTable = ({ entries }: TableValue): boolean => {
    if (entries.size >= ROW && ![...entries.keys()].some(key => TELLING.test(key))) return true;
    let hasUnknown = false;
    for (const [key, value] of entries) {
        if (TELLING.test(key)) return false;
        const isUnknown = isDull(value);
        hasUnknown ||= isUnknown;
        if (!isUnknown && value.t !== "flag" && value.t !== "nothing" && !isPlainWord(value)) return false;
    }
    return hasUnknown;
};

const dull = new WeakMap<Value, boolean>();

const judge = (value: Value): boolean => {
    switch (value.t) {
        case "text":
            return isDullText(value);
        case "table":
            return isDullTable(value);
        case "list":
            return value.items.every(each => isDull(each) || isPlainWord(each));
        case "any":
            return value.options.every(each => isDull(each) || isPlainWord(each));
        case "flag":
        case "nothing":
        case "block":
            return false;
    }
};

/** Whether a value can say nothing of where a request goes: prose, a report's row, a part that is not known. */
export const isDull = (value: Value): boolean => {
    const known = dull.get(value);
    if (known !== undefined) return known;
    const judged = judge(value);
    dull.set(value, judged);
    return judged;
};

/** Values without the dull ones past a few; `open` when some were left out. */
export const withoutDull = (values: readonly Value[]): { readonly kept: readonly Value[]; readonly open: boolean } => {
    if (values.length <= KEPT) return { kept: values, open: false };
    let count = 0;
    const kept = values.filter(value => !isDull(value) || ++count <= KEPT);
    return kept.length === values.length ? { kept: values, open: false } : { kept, open: true };
};
