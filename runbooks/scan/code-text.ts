import { textsOf } from "./value-texts.ts";
import { isHole } from "./values.ts";
import type { Value } from "./values.ts";

/** The code a text holds, its unknown parts as variables that nothing sets; undefined when nothing is known of it. */
export const codeOf = (value: Value): string | undefined => {
    const parts = textsOf(value)[0]?.parts ?? [];
    if (!parts.some(part => !isHole(part) && /\S/.test(part.text))) return undefined;
    return parts.map((part, index) => (isHole(part) ? `\${unknown_${String(index)}}` : part.text)).join("");
};
