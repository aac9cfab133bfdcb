import { BareError, textAt } from "../request.ts";
import type { Json } from "../request.ts";

/** An error of Automation: `{code, message}` without Resource Manager's `error` around it. */
export const fault = (status: 400 | 404 | 409, message: string): BareError =>
    new BareError(status, { 400: "BadRequest", 404: "NotFound", 409: "Conflict" }[status], message);

/**
 * The text at a key that a request must have.
 * @throws BadRequest
 */
export const requiredText = (properties: Json, key: string): string => {
    const value = textAt(properties, key);
    if (value) return value;
    throw fault(400, `The property '${key}' is required and may not be empty.`);
};

/**
 * Checks one of Automation's name rules.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftautomation
 */
export const nameRule =
    (noun: string, pattern: RegExp, rule: string): ((name: string) => void) =>
    name => {
        if (!pattern.test(name)) throw fault(400, `The ${noun} name '${name}' is not valid; expected ${rule}.`);
    };

/** Time as Automation writes it: `2017-03-28T21:32:23.750+00:00`. */
export const timestamp = (now: number): string => new Date(now).toISOString().replace("Z", "+00:00");

/** When a resource was made and last changed. */
export const times = (existing: { readonly properties: Json } | undefined, now: number): Json => ({
    creationTime: existing?.properties["creationTime"] ?? timestamp(now),
    lastModifiedTime: timestamp(now),
});

/** Members of one page of Automation's lists. */
export const PAGE = 100;
