import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { LOADER } from "./loader.ts";

export interface RunbookContentArgs {
    /** Resource id of the runbook. */
    readonly runbookId: Input<string>;
    /** The runbook's PowerShell text. Plain, so that a preview and a policy see it. */
    readonly content: string;
}

/**
 * The body of an Automation runbook: uploaded as draft, then published. A change of the text shows in preview, a text
 * changed in the portal is found by refresh, and a publish that failed is repeated by the next update.
 * It is a resource of its own because azure-native's Runbook takes a public link to the content only:
 * https://github.com/pulumi/pulumi-azure-native/issues/3029
 */
export class RunbookContent extends CustomResource {
    declare readonly runbookId: Output<string>;
    declare readonly content: Output<string>;

    constructor(name: string, args: RunbookContentArgs, opts?: CustomResourceOptions) {
        super("pulumi-nodejs:dynamic/leastwise:RunbookContent", name, { ...args, __provider: LOADER }, opts);
    }
}
