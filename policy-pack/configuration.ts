import { didYouMean } from "../access/name.ts";
import type { Exception } from "./exceptions.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { schemaFaults, type SettingSchema } from "./schema-faults.ts";
import { schemaOf, settingsOf } from "./settings.ts";
import type { Where } from "./where.ts";

/** Levels that a rule can have. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;

/** What the engine itself reads of a configuration. */
const ENGINES = ["all", "environments"];

const ENVIRONMENTS: SettingSchema = { type: "array", items: { type: "string" } };

const LEVEL: SettingSchema = { type: "string", enum: LEVELS };

/** The schema of one rule's part of a configuration, which may also be its level alone. */
export const ruleConfigSchema = (rule: Rule): SettingSchema => ({
    type: "object",
    properties: { enforcementLevel: LEVEL, ...(schemaOf(rule).properties as Record<string, SettingSchema>) },
    additionalProperties: false,
});

const ALL: SettingSchema = { type: "object", properties: { enforcementLevel: LEVEL }, additionalProperties: false };

/** The JSON Schema of a whole configuration file. */
export const configurationSchema = (): object => ({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of the Leastwise policy pack",
    description:
        "For --policy-pack-config of pulumi and --config of leastwise check: each rule's level, or its settings.",
    type: "object",
    properties: {
        all: { anyOf: [LEVEL, ALL], description: "A level for every rule that has none of its own." },
        environments: { ...ENVIRONMENTS, description: "Pulumi ESC environments." },
        ...Object.fromEntries(
            RULES.map(rule => [rule.name, { anyOf: [LEVEL, ruleConfigSchema(rule)], description: rule.description }]),
        ),
    },
    additionalProperties: false,
});

const isDay = (text: string): boolean => {
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const dateFaults = (exceptions: readonly Exception[], place: string): string[] =>
    exceptions
        .map(({ expires }, at) => ({ expires, at }))
        .filter(({ expires }) => !isDay(expires))
        .map(({ expires, at }) => `${place}.exceptions[${at}].expires: is '${expires}'; expected a day as 2027-06-30`);

const whereFaults = (where: readonly Where[], place: string): string[] =>
    where.flatMap(({ stack, tags = {}, options }, at) => {
        const entry = `${place}.where[${at}]`;
        const isForAll = stack === undefined && Object.keys(tags).length === 0;
        return [
            ...(isForAll ? [`${entry}: is for every resource; expected 'stack' or 'tags'`] : []),
            ...(Object.keys(options).length === 0 ? [`${entry}: sets no option`] : []),
        ];
    });

/** A rule's part of a configuration without its level. */
export const propertiesOf = (given: object): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(given).filter(([key]) => key !== "enforcementLevel"));

const ruleFaults = (rule: Rule, given: object): string[] => {
    const faults = schemaFaults(ruleConfigSchema(rule), given, rule.name);
    if (faults.length > 0) return faults;
    try {
        const { exceptions, where } = settingsOf(rule, propertiesOf(given));
        return [...dateFaults(exceptions, rule.name), ...whereFaults(where, rule.name)];
    } catch (error) {
        return [`${rule.name}: ${(error as Error).message}`];
    }
};

const partFaults = (name: string, given: unknown): string[] => {
    if (name === "environments") return schemaFaults(ENVIRONMENTS, given, name);
    const rule = RULES.find(each => each.name === name);
    if (rule === undefined && name !== "all")
        return [`unknown rule '${name}'${didYouMean(name, [...RULES.map(each => each.name), ...ENGINES])}`];
    if (typeof given === "string") return schemaFaults(LEVEL, given, name);
    return rule === undefined || given === null || typeof given !== "object"
        ? schemaFaults(ALL, given, name)
        : ruleFaults(rule, given);
};

/** What is wrong with a configuration of the pack: everything, each with its place. */
export const configurationFaults = (config: unknown): readonly string[] =>
    config === null || typeof config !== "object" || Array.isArray(config)
        ? ["the configuration is no object; expected one with the names of rules"]
        : Object.entries(config).flatMap(([name, given]) => partFaults(name, given));

/**
 * Checks a configuration of the pack.
 * @throws Error with everything that is wrong with it
 */
export const checkConfiguration = (config: unknown): void => {
    const faults = configurationFaults(config);
    if (faults.length > 0) throw new Error(`the policy pack is configured wrongly:\n${faults.join("\n")}`);
};
