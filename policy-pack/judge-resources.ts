import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import type { Finding } from "../access/finding.ts";
import { type AccessFile, accessFileOf } from "./access-file.ts";
import type { PlainResource } from "./adapter/resource.ts";
import { checkConfiguration, propertiesOf } from "./configuration.ts";
import { judgeStack } from "./judge-stack.ts";
import { isMandatory } from "./level.ts";
import { RULES } from "./rules/index.ts";
import { StackView } from "./stack-view.ts";

interface RuleConfig {
    readonly level: EnforcementLevel;
    readonly given: Readonly<Record<string, unknown>>;
}

const levelIn = (config: PolicyPackConfig, name: string): EnforcementLevel | undefined => {
    const given = config[name];
    return typeof given === "string" ? given : given?.enforcementLevel;
};

/** The configuration of one rule, as the engine puts it together: its own, then that of all, then the pack's. */
const configOf = (config: PolicyPackConfig, name: string): RuleConfig => {
    const given = config[name];
    const level = levelIn(config, name) ?? levelIn(config, "all") ?? "mandatory";
    if (given === undefined || typeof given === "string") return { level, given: {} };
    return { level, given: propertiesOf(given) };
};

/**
 * What the pack would write down of a stack: judged by every rule as in the engine, and without one.
 * @throws Error with everything that is wrong with the configuration
 */
export const accessOf = (
    resources: readonly PlainResource[],
    config: PolicyPackConfig = {},
    now = new Date(),
): AccessFile => {
    checkConfiguration(config);
    const view = new StackView(resources);
    const outcomes = RULES.flatMap(rule => {
        const { level, given } = configOf(config, rule.name);
        const mandatory = isMandatory(level);
        return level === "disabled" ? [] : [judgeStack(rule, view, { given, mandatory, now })];
    });
    return accessFileOf(view.model, outcomes);
};

/** Judges the resources of a stack by every rule, in the order of rules, then of resources. */
export const judgeResources = (
    resources: readonly PlainResource[],
    config: PolicyPackConfig = {},
    now = new Date(),
): readonly Finding[] => accessOf(resources, config, now).findings;
