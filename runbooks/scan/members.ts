import { NOTHING, holeOf, list, literal, plain, unknown } from "./values.ts";
import { anyOf, mapOptions } from "./value-options.ts";
import type { HoleKind, Value } from "./values.ts";

const CONTINUES =
    /^@?(odata\.)?(nextlink|next_?link|deltalink|odata\.nextlink|odata\.deltalink|azure-asyncoperation|operation-location)$/i;

const SIGNED =
    /^(@?microsoft\.graph\.downloadurl|@?content\.downloadurl|uploadurl|contenturi|azurestorageuri|downloadurl|sasuri|sasurl|preauthuri)$/i;

/** What kind of address a property of a response is, by its name. */
export const kindOfMember = (name: string): HoleKind =>
    CONTINUES.test(name) ? "next" : SIGNED.test(name) ? "signed" : "value";

/** A property of a value: an entry of a table, or the same property of each element of a list. */
export const member = (of: Value, name: string): Value => {
    const key = name.toLowerCase();
    switch (of.t) {
        case "table": {
            if (key === "keys")
                return of.open ? list([], true) : list([...of.entries.keys()].map(each => literal(each)));
            if (key === "values") return list([...of.entries.values()], of.open);
            return (
                of.entries.get(key) ??
                (of.open ? unknown(`.${name}`, kindOfMember(name)) : key === "count" ? unknown(".Count") : NOTHING)
            );
        }
        case "list":
            if (key === "count" || key === "length") return unknown(`.${name}`);
            return list(
                of.items.map(item => member(item, name)),
                of.open,
                of.maybe,
            );
        case "any":
            return mapOptions(of, each => member(each, name));
        case "nothing":
            return NOTHING;
        default: {
            const text = plain(of);
            if (text !== undefined && /^(absoluteuri|originalstring|value)$/.test(key)) return of;
            const hole = holeOf(of);
            const isLocation = key === "location" && /\.headers$/i.test(hole?.hole ?? "");
            const kind = isLocation ? "next" : kindOfMember(name);
            return unknown(
                `${hole?.hole ?? ""}.${name}`,
                kind === "value" && (hole?.kind === "next" || hole?.kind === "parameter") ? hole.kind : kind,
                hole?.origin,
            );
        }
    }
};

export const indexed = (of: Value, index: Value): Value => {
    const key = plain(index);
    if (key === undefined) {
        if (of.t === "table") return anyOf([...of.entries.values(), ...(of.open ? [unknown("[]")] : [])]);
        return of.t === "list" ? (of.open ? unknown("[]") : anyOf(of.items)) : unknown(`${holeOf(of)?.hole ?? ""}[]`);
    }
    if (/^-?\d+$/.test(key)) {
        if (of.t === "list") {
            if (of.maybe || of.open) return anyOf([...of.items, ...(of.open ? [unknown("[]")] : [])]);
            return of.items.at(Number(key)) ?? unknown("[]");
        }
        if (of.t === "any") return mapOptions(of, each => indexed(each, index));
        if (holeOf(of) !== undefined) return unknown(`${holeOf(of)?.hole ?? ""}[${key}]`, "value", holeOf(of)?.origin);
        return of.t === "table" ? (of.entries.get(key) ?? unknown("[]")) : of;
    }
    return member(of, key);
};
