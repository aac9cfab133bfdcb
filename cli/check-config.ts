import type { PolicyPackConfig } from "@pulumi/policy";
import { checkConfiguration } from "../policy-pack/configuration.ts";
import { type Preset, presets } from "../policy-pack/presets.ts";
import { readJson } from "./read-json.ts";

type Part = PolicyPackConfig[string];

const asObject = (part: Part): Exclude<Part, string> => (typeof part === "string" ? { enforcementLevel: part } : part);

/** A preset with what differs from it. A level for all rules takes the place of the preset's own levels. */
export const mergeConfigs = (preset: PolicyPackConfig, given: PolicyPackConfig): PolicyPackConfig => {
    const { enforcementLevel } = asObject(given["all"] ?? {});
    const base = Object.entries(preset).map(([name, part]): [string, Part] => [
        name,
        { ...asObject(part), ...(enforcementLevel !== undefined && { enforcementLevel }) },
    ]);
    const merged: Record<string, Part> = Object.fromEntries(base);
    for (const [name, part] of Object.entries(given)) {
        const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
        merged[name] = { ...asObject(before ?? {}), ...asObject(part) };
    }
    return merged;
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
