import type { CheckFailure } from "../provider.ts";
import { UNKNOWN, isObject } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import type { Property, Row } from "./rows.ts";

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

/** The Terraform name of a property, as the plugin's messages have it: `app_role_id`. */
const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const kindOf = (value: Value): Property["kind"] => {
    if (Array.isArray(value)) return "array";
    return isObject(value) ? "object" : (typeof value as "string" | "boolean" | "number");
};

const problem = (name: string, property: Property, value: Value | undefined): string | undefined => {
    if (value === undefined)
        return property.required === true
            ? `Missing required argument. The argument "${snake(name)}" is required, but no definition was found.`
            : undefined;
    if (value === UNKNOWN) return undefined;
    const kind = kindOf(value);
    if (kind !== property.kind) return `expected ${property.kind} type for "${snake(name)}", got ${kind} type`;
    if (property.guid === true && !UUID.test(value as string))
        return `expected "${snake(name)}" to be a valid UUID, got ${String(value as string)}`;
    if (property.oneOf !== undefined && !property.oneOf.includes(value as string)) {
        const allowed = property.oneOf.map(choice => JSON.stringify(choice)).join(" ");
        return `expected ${snake(name)} to be one of [${allowed}], got ${String(value as string)}`;
    }
    return undefined;
};

/** What the real plugin finds wrong with inputs before it calls Graph, in its words. */
export const failuresOf = (row: Row, resource: string, inputs: Properties): CheckFailure[] =>
    Object.entries(row.properties).flatMap(([name, property]) => {
        if (property.computed === true) return [];
        const reason = problem(name, property, inputs[name]);
        return reason === undefined ? [] : [{ reason: `${reason}. Examine values at '${resource}.${name}'.` }];
    });
