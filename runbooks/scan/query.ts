import { MARK } from "./template.ts";
import { elements } from "./value-elements.ts";
import { isHole } from "./values.ts";
import { textsOf } from "./value-texts.ts";
import type { Value } from "./values.ts";

/** The items of a parameter such as `-Property`, as a query writes them; unknown parts stay marked. */
export const queryText = (value: Value): string =>
    elements(value)
        .items.map(item => (textsOf(item)[0]?.parts ?? []).map(part => (isHole(part) ? MARK : part.text)).join(""))
        .filter(text => text !== "")
        .join(",");

/** A query whose properties can be read: unknown parts are names of nothing, and a lambda's variable is no property. */
export const plainQuery = (query: string): string =>
    query.replace(/\ue000+/g, "").replace(/\/(?:any|all)\(\s*\w+\s*:.*?\)(?=\)|\s|&|$)/g, " eq 1");
