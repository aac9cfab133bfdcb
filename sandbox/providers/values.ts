/** What a resource property may be on the engine's wire. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** The inputs or outputs of a resource. */
export type Properties = Record<string, Value>;

/** Stands for a value that is not known at preview; source: `unknownValue` of `@pulumi/pulumi/runtime/rpc`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isObject = (value: unknown): value is Record<string, Value> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is, or has within, one that is not known yet. */
export const hasUnknowns = (value: Value | undefined): boolean => {
    if (value === UNKNOWN) return true;
    if (Array.isArray(value)) return value.some(hasUnknowns);
    return isObject(value) && Object.values(value).some(hasUnknowns);
};

/** A copy without nulls, which the engine and Azure read as absent. */
export const withoutNulls = (properties: Readonly<Record<string, unknown>>): Properties =>
    Object.fromEntries(
        Object.entries(properties)
            .filter(([, value]) => value !== null && value !== undefined)
            .map(([key, value]) => [key, isObject(value) ? withoutNulls(value) : (value as Value)]),
    );
