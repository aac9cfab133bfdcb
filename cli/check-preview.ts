import type { PolicyPackConfig } from "@pulumi/policy";
import type { AccessFile } from "../policy-pack/access-file.ts";
import type { CheckOptions } from "./check-run.ts";
import { packFolder } from "./pack-folder.ts";
import { planWithPack } from "./plan.ts";
import { findProject, onlyStack, stackFile } from "./project.ts";
import { withSandbox } from "./with-sandbox.ts";

/**
 * What the pack sees and finds in a preview of a stack.
 * @throws Error when there is no such stack, or the preview fails by itself
 */
export const previewWithPack = async (options: CheckOptions, config: PolicyPackConfig): Promise<AccessFile> => {
    const project = findProject();
    const stack = options.stack ?? onlyStack(project);
    stackFile(project, stack);
    packFolder();
    const view = { title: "Checking", done: "Checked", words: () => `stack '${stack}'` };
    const plan = await withSandbox(options.sandbox === true ? project : undefined, options, session =>
        planWithPack({ project, stack, config, view, ...(session && { session }) }),
    );
    return plan.access;
};
