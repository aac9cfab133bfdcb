import type { AccessFile } from "../policy-pack/access-file.ts";
import type { Preset } from "../policy-pack/presets.ts";
import { type FailOn, isGraveEnough } from "../review/severity.ts";
import { readConfig, withoutEnvironments } from "./check-config.ts";
import { byRisk, checkText } from "./check-text.ts";
import type { SandboxBehaviour } from "./option-values.ts";
import { readJson } from "./read-json.ts";

export interface CheckOptions extends SandboxBehaviour {
    /** @default - the only stack that the project has a configuration of */
    readonly stack?: string;
    readonly sandbox?: boolean;
    /** File with an exported state, judged in place of a preview. */
    readonly state?: string;
    readonly config?: string;
    readonly preset?: Preset;
    readonly failOn: FailOn;
    readonly json?: boolean;
}

/** What a check has to say, and whether it found what it is to fail on. */
export interface Checked {
    readonly text: string;
    readonly failed: boolean;
}

const judgeState = async (source: string, options: CheckOptions): Promise<AccessFile> => {
    const [{ resourcesOfState }, { accessOf }] = await Promise.all([
        import("../policy-pack/adapter/state.ts"),
        import("../policy-pack/judge-resources.ts"),
    ]);
    const config = withoutEnvironments(await readConfig(options), options.config ?? "");
    const state = await readJson(source);
    try {
        return accessOf(resourcesOfState(state), config);
    } catch (error) {
        throw new Error(`'${source}' cannot be judged: ${(error as Error).message}`, { cause: error });
    }
};

const judgePreview = async (options: CheckOptions): Promise<AccessFile> => {
    const { previewWithPack } = await import("./check-preview.ts");
    return previewWithPack(options, await readConfig(options));
};

/**
 * Judges a stack by the policy pack: what a preview of it would deploy, or what an exported state holds.
 * @throws Error when the configuration, the state or the stack cannot be read, or the preview fails by itself
 */
export const check = async (options: CheckOptions): Promise<Checked> => {
    const { state, failOn } = options;
    const { findings, exceptions } = await (state === undefined ? judgePreview(options) : judgeState(state, options));
    const sorted = [...findings].sort(byRisk);
    const failed = sorted.filter(({ accepted }) => accepted === undefined).some(isGraveEnough(failOn));
    if (options.json !== true) return { text: checkText(sorted, exceptions), failed };
    return { text: JSON.stringify({ version: 1, failOn, failed, findings: sorted, exceptions }), failed };
};
