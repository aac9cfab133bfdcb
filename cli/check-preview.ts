import type { PolicyPackConfig } from "@pulumi/policy";
import type { AccessFile } from "../policy-pack/access-file.ts";
import type { CheckOptions } from "./check-run.ts";
import { planWithPack } from "./plan.ts";
import { findProject, onlyStack, stackFile } from "./project.ts";
import { withSandbox } from "./with-sandbox.ts";

/**
 * Previews a stack with the pack on.
 * @throws Error when there is no such stack, or the preview fails by itself
 */
export const previewWithPack = async (options: CheckOptions, config: PolicyPackConfig): Promise<AccessFile> => {
    const project = findProject();
    const { stack = onlyStack(project) } = options;
    stackFile(project, stack);
    const view = { title: "Checking", done: "Checked", words: () => `stack '${stack}'` };
    return withSandbox(options.sandbox === true ? project : undefined, options, async session => {
        const { access } = await planWithPack({ project, stack, config, view, ...(session && { session }) });
        return access;
    });
};
