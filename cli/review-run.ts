import type { Preset } from "../policy-pack/presets.ts";
import { type FailOn, failing } from "../review/severity.ts";
import { readConfig } from "./check-config.ts";
import type { SandboxBehaviour } from "./option-values.ts";
import { placeInRepository } from "./repository.ts";
import { reviewed } from "./review-plan.ts";
import { placed, type ReportFiles, writeReports } from "./review-reports.ts";

export interface ReviewOptions extends SandboxBehaviour, ReportFiles {
    /** @default - the only stack that the project has a configuration of */
    readonly stack?: string;
    readonly sandbox?: boolean;
    /** Without Azure, backend or secrets. */
    readonly offline?: boolean;
    /** File with an exported state, for a review that is offline or of a plan. */
    readonly state?: string;
    /** File that the policy pack wrote during a preview, in place of one. */
    readonly plan?: string;
    readonly config?: string;
    readonly preset?: Preset;
    readonly failOn: FailOn;
}

/**
 * Reviews a stack and writes the reports that are asked for.
 * @returns whether something was found that the review is to fail on
 * @throws Error when the stack, its state or the configuration cannot be read, or the preview fails by itself
 */
export const runReview = async (options: ReviewOptions): Promise<boolean> => {
    const { state, plan, offline = false, failOn } = options;
    if (state !== undefined && !offline && plan === undefined)
        throw new Error("--state is for a review with --offline or --plan; otherwise the state is that of the stack");
    const files = placed(options);
    const config = await readConfig(options);
    const making = import("./make-review.ts");
    const of = await reviewed(options, config);
    const { makeReview, ruleInfos } = await making;
    const made = await makeReview(of, config);
    const folder = of.declared === undefined ? "" : placeInRepository(of.declared.project.folder);
    const file = [folder, `Pulumi.${of.stack}.yaml`].filter(part => part !== "").join("/");
    await writeReports(made, files, { failOn, rules: ruleInfos(), project: file });
    return failing(made, failOn).length > 0;
};
