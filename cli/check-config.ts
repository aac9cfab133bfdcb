import type { PolicyPackConfig } from "@pulumi/policy";
import { checkConfiguration } from "../policy-pack/configuration.ts";
import { type Preset, presets } from "../policy-pack/presets.ts";
import { readJson } from "./read-json.ts";

type Part = PolicyPackConfig[string];

const asObject = (part: Part): Exclude<Part, string> => (typeof part === "string" ? { enforcementLevel: part } : part);

/** Not of a rule: the environments of Pulumi ESC that the engine opens for more of the configuration. */
const ENVIRONMENTS = "environments";

/** A preset with what differs from it. A level for all rules takes the place of the preset's own levels. */
export const mergeConfigs = (preset: PolicyPackConfig, given: PolicyPackConfig): PolicyPackConfig => {
    const { enforcementLevel } = asObject(given["all"] ?? {});
    const base = Object.entries(preset).map(([name, part]): [string, Part] => [
        name,
        { ...asObject(part), ...(enforcementLevel !== undefined && { enforcementLevel }) },
    ]);
    const merged: Record<string, Part> = Object.fromEntries(base);
    const { [ENVIRONMENTS]: environments, ...parts } = given;
    if (environments !== undefined) merged[ENVIRONMENTS] = environments;
    for (const [name, part] of Object.entries(parts)) {
        const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
        merged[name] = { ...asObject(before ?? {}), ...asObject(part) };
    }
    return merged;
};

/**
 * Holds a configuration to what is known without the engine, which alone opens environments.
 * @throws Error where it names some
 */
export const withoutEnvironments = (config: PolicyPackConfig, place: string): PolicyPackConfig => {
    if (Object.hasOwn(config, ENVIRONMENTS))
        throw new Error(`${place}: environments: are opened by the engine alone, at a preview; expected none here`);
    return config;
};

/**
 * The configuration of the pack that a command line asks for.
 * @throws Error with everything that is wrong with it
 */
export const readConfig = async ({
    config,
    preset,
}: {
    readonly config?: string;
    readonly preset?: Preset;
}): Promise<PolicyPackConfig> => {
    const given = config === undefined ? {} : await readJson(config);
    try {
        checkConfiguration(given);
    } catch (error) {
        throw new Error(`${config ?? ""}: ${(error as Error).message}`, { cause: error });
    }
    return mergeConfigs(preset === undefined ? {} : presets()[preset], given as PolicyPackConfig);
};
