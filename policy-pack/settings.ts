import type { PolicyConfigSchema } from "@pulumi/policy";
import { type Exception, EXCEPTIONS_SCHEMA, MOST_DAYS_SCHEMA } from "./exceptions.ts";
import type { Rule } from "./rule.ts";

/** What a rule is configured with, each value that is not given at its default. */
export interface Settings {
    readonly exceptions: readonly Exception[];
    readonly exceptionDays: number;
    readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Reads the settings of a rule.
 * @throws Error for an option that makes no sense
 */
export const settingsOf = (rule: Rule, given: Readonly<Record<string, unknown>>): Settings => {
    const defaults = Object.entries(rule.options).map(([key, option]) => [key, option.default]);
    const { exceptions = [], exceptionDays = MOST_DAYS_SCHEMA.default, ...options } = given;
    const values = { ...Object.fromEntries(defaults), ...options } as Record<string, never>;
    rule.prepare?.(values);
    return { exceptions: exceptions as Exception[], exceptionDays: exceptionDays as number, options: values };
};

/** The JSON schema of a rule's settings, as the engine checks them. */
export const schemaOf = (rule: Rule): PolicyConfigSchema => ({
    properties: {
        ...rule.options,
        exceptions: EXCEPTIONS_SCHEMA,
        exceptionDays: MOST_DAYS_SCHEMA,
    } as unknown as PolicyConfigSchema["properties"],
});
