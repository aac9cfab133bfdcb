import { isDeepStrictEqual } from "node:util";
import { isObject } from "./values.ts";
import type { Properties, Value } from "./values.ts";

const applyToValue = (base: Value, old: Value, now: Value): Value => {
    if (isObject(base) && isObject(old) && isObject(now)) return applyDrift(base, old, now);
    if (!Array.isArray(base) || !Array.isArray(old) || !Array.isArray(now)) return now;
    return now.map((item, index) => {
        const [baseItem, oldItem] = [base[index], old[index]];
        return baseItem === undefined || oldItem === undefined ? item : applyToValue(baseItem, oldItem, item);
    });
};

/**
 * Inputs with the drift that outputs show: only what differs between old and new outputs is carried over, so that
 * values Azure fills in by itself do not become inputs.
 */
export const applyDrift = (inputs: Properties, oldOutputs: Properties, newOutputs: Properties): Properties => {
    const names = new Set([...Object.keys(inputs), ...Object.keys(oldOutputs), ...Object.keys(newOutputs)]);
    const result: Properties = {};
    for (const name of names) {
        const [old, now, base] = [oldOutputs[name], newOutputs[name], inputs[name]];
        const drifted =
            old === undefined || now === undefined || base === undefined ? now : applyToValue(base, old, now);
        const value = isDeepStrictEqual(old, now) ? base : drifted;
        if (value !== undefined) result[name] = value;
    }
    return result;
};
