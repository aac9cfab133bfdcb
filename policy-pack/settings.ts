import type { PolicyConfigSchema } from "@pulumi/policy";
import { type Exception, EXCEPTIONS_SCHEMA, MOST_DAYS_SCHEMA } from "./exceptions.ts";
import type { Rule } from "./rule.ts";
import type { SettingSchema } from "./schema-faults.ts";
import type { Options, Where } from "./where.ts";

/** What a rule is configured with, each value that is not given at its default. */
export interface Settings {
    readonly exceptions: readonly Exception[];
    readonly exceptionDays: number;
    readonly options: Options;
    readonly where: readonly Where[];
}

type Given = Readonly<Record<string, unknown>>;

const readWhere = ({ stack, tags, ...options }: Given): Where => ({
    ...(stack !== undefined && { stack: stack as string }),
    ...(tags !== undefined && { tags: tags as Record<string, string> }),
    options,
});

/**
 * Reads the settings of a rule.
 * @throws Error for an option that makes no sense
 */
export const settingsOf = (rule: Rule, given: Given): Settings => {
    const defaults = Object.entries(rule.options).map(([key, option]) => [key, option.default]);
    const { exceptions = [], exceptionDays = MOST_DAYS_SCHEMA.default, where = [], ...options } = given;
    const values = { ...Object.fromEntries(defaults), ...options } as Record<string, never>;
    const entries = (where as readonly Given[]).map(readWhere);
    for (const each of [{}, ...entries.map(entry => entry.options)])
        rule.prepare?.({ ...values, ...each } as Record<string, never>);
    return {
        exceptions: exceptions as Exception[],
        exceptionDays: exceptionDays as number,
        options: values,
        where: entries,
    };
};

/** Entries that leave an option out leave it as it is. */
const withoutDefaults = (rule: Rule): Record<string, SettingSchema> =>
    Object.fromEntries(
        Object.entries(rule.options).map(([key, option]) => [
            key,
            Object.fromEntries(Object.entries(option).filter(([part]) => part !== "default")),
        ]),
    );

const whereSchema = (rule: Rule) => ({
    type: "array",
    description:
        "Options for some stacks, or for resources with some tags, alone. Of several entries that are for a resource the last one holds.",
    default: [],
    items: {
        type: "object",
        properties: {
            stack: { type: "string", minLength: 1, description: "Name of the stack; '*' stands for any characters." },
            tags: {
                type: "object",
                description: "Tags of the resource, else of its scope, its group or its principal, with their values.",
                additionalProperties: { type: "string" },
            },
            ...withoutDefaults(rule),
        },
        additionalProperties: false,
    },
});

/** The JSON schema of a rule's settings. */
export const schemaOf = (rule: Rule): PolicyConfigSchema => ({
    properties: {
        ...rule.options,
        ...(Object.keys(rule.options).length > 0 && { where: whereSchema(rule) }),
        exceptions: EXCEPTIONS_SCHEMA,
        exceptionDays: MOST_DAYS_SCHEMA,
    } as unknown as PolicyConfigSchema["properties"],
});
