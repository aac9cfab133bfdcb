import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a property may hold, as compiled from the SDK: `string`, `number`, `boolean`, `any`, `set` (an array of names in
 * the program, an object with these keys in Azure), `T[]`, `{T}` (a map), `#module:Type`; a final `!` marks it required.
 */
export type Kind = string;

export type Members = Readonly<Record<string, Kind>>;

interface Shapes {
    readonly version: string;
    readonly resources: Readonly<Record<string, { readonly inputs: Members; readonly outputs: Members }>>;
    readonly types: Readonly<Record<string, Members>>;
}

let loaded: Shapes | undefined;

/** The compiled shapes, read once. */
export const shapes = (): Shapes =>
    (loaded ??= JSON.parse(readFileSync(join(import.meta.dirname, "shapes.json"), "utf8")) as Shapes);

export const isRequired = (kind: Kind): boolean => kind.endsWith("!");

const bare = (kind: Kind): Kind => (isRequired(kind) ? kind.slice(0, -1) : kind);

/** The kind of an array's elements; undefined for other kinds. */
export const elementKind = (kind: Kind): Kind | undefined =>
    bare(kind).endsWith("[]") ? bare(kind).slice(0, -2) : undefined;

/** The kind of a map's values; undefined for other kinds. */
export const mapKind = (kind: Kind): Kind | undefined =>
    bare(kind).startsWith("{") ? bare(kind).slice(1, -1) : undefined;

/** The name of an object type, `automation:SkuArgs`; undefined for other kinds. */
export const typeName = (kind: Kind): string | undefined =>
    bare(kind).startsWith("#") && elementKind(kind) === undefined ? bare(kind).slice(1) : undefined;

/** The members of an object type; undefined for other kinds. */
export const typeMembers = (kind: Kind): Members | undefined => {
    const name = typeName(kind);
    return name === undefined ? undefined : shapes().types[name];
};

/** `string`, `number`, `boolean`, `any` or `set`; undefined for the other kinds. */
export const plainKind = (kind: Kind): string | undefined => (/^\w+$/.test(bare(kind)) ? bare(kind) : undefined);
