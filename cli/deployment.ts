import type { Grant } from "../access/grant.ts";
import { changeWords, plannedWords } from "./change-words.ts";
import { type Outcome, runOperation } from "./operation.ts";
import { recover } from "./recovery.ts";
import { openStack, type OpenStack, type StackOptions } from "./stack.ts";

/**
 * Operations on resources that run at once. Azure's own limits (429) are far above it for one deployment, and more
 * only costs memory.
 */
export const PARALLEL = 64;

export interface DeploymentOptions extends StackOptions {
    /** @default - 64 */
    readonly parallel?: number;
}

/** One stack, and what can be done with it. */
export class Deployment {
    readonly #open: OpenStack;
    readonly #parallel: number;

    private constructor(open: OpenStack, parallel: number) {
        this.#open = open;
        this.#parallel = parallel;
    }

    /** Opens a stack, and repairs what an interrupted run has left of it. */
    static async open(options: DeploymentOptions): Promise<Deployment> {
        const open = await openStack(options);
        await recover(open, options.session === undefined ? undefined : options.project);
        return new Deployment(open, options.parallel ?? PARALLEL);
    }

    /** Brings the cloud to what is declared. */
    up(): Promise<Outcome> {
        const view = { title: "Deploying", done: "Deployed", words: changeWords };
        return runOperation(view, given => this.#open.stack.up({ ...given, parallel: this.#parallel }));
    }

    /** Says what `up` would do. */
    preview(): Promise<Outcome> {
        const view = { title: "Previewing", done: "Previewed", words: plannedWords };
        return runOperation(view, given => this.#open.stack.preview({ ...given, parallel: this.#parallel }));
    }

    /** Takes what the cloud has become into the state. */
    refresh(): Promise<Outcome> {
        const view = { title: "Refreshing", done: "Refreshed", words: changeWords };
        return runOperation(view, given => this.#open.stack.refresh({ ...given, parallel: this.#parallel }));
    }

    /** Deletes everything the stack has made. */
    destroy(): Promise<Outcome> {
        const view = { title: "Destroying", done: "Destroyed", words: changeWords };
        return runOperation(view, given => this.#open.stack.destroy({ ...given, parallel: this.#parallel }));
    }

    /** Forgets the stack, once it is empty. */
    async remove(): Promise<void> {
        await this.#open.stack.workspace.removeStack(this.#open.stack.name);
    }

    /** The grants that the last `up` has put in place. */
    async grants(): Promise<readonly Grant[]> {
        const outputs = await this.#open.stack.outputs();
        return (outputs["grants"]?.value ?? []) as readonly Grant[];
    }
}
