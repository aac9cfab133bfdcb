import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import type { Grant } from "../access/grant.ts";
import { failureOf } from "../components/hooks/failure.ts";
import { changeWords, plannedWords } from "./change-words.ts";
import { takeLeftBehind } from "./left-behind.ts";
import { type Operation, OperationError, type OperationView, type Outcome, runOperation } from "./operation.ts";
import { recover } from "./recovery.ts";
import { openStack, type OpenStack, type StackOptions } from "./stack.ts";

/**
 * Operations on resources that run at once. Azure's own limits (429) are far above it for one deployment, and more
 * only costs memory.
 */
export const PARALLEL = 64;

/** Runs of one operation that bring it no further, where all that failed passes by itself. */
const MOST_RUNS = 3;

/** True when nothing went wrong but what passes by itself. */
const passes = ({ diagnostics }: OperationError): boolean => {
    const errors = diagnostics.filter(({ severity, resource }) => severity === "error" && resource !== undefined);
    return errors.length > 0 && errors.every(({ message }) => failureOf(message) === "passing");
};

export interface DeploymentOptions extends StackOptions {
    /** @default - 64 */
    readonly parallel?: number;
}

/** One stack, and what can be done with it. */
export class Deployment {
    readonly #open: OpenStack;
    readonly #parallel: number;
    #outputs: OutputMap | undefined;

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
        return this.#persist(view, async given => {
            this.#outputs = undefined;
            const { outputs } = await this.#open.stack.up({ ...given, parallel: this.#parallel });
            this.#outputs = outputs;
        });
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
        this.#outputs = undefined;
        const view = { title: "Destroying", done: "Destroyed", words: changeWords };
        return this.#persist(view, given => this.#open.stack.destroy({ ...given, parallel: this.#parallel }));
    }

    /** Runs an operation again after a failure that passes, or that left behind what now is in the state. */
    async #persist(view: OperationView, operation: Operation): Promise<Outcome> {
        for (let run = 1; ;) {
            const since = Date.now();
            try {
                return await runOperation(view, operation);
            } catch (error) {
                if (!(error instanceof OperationError)) throw error;
                if ((await takeLeftBehind(this.#open, error.failedCreates, since)) > 0) continue;
                if (run++ === MOST_RUNS || !passes(error)) throw error;
            }
        }
    }

    /** Forgets the stack, once it is empty. */
    async remove(): Promise<void> {
        await this.#open.stack.workspace.removeStack(this.#open.stack.name);
    }

    /** The grants that the last `up` has put in place. */
    async grants(): Promise<readonly Grant[]> {
        const outputs = this.#outputs ?? (await this.#open.stack.outputs());
        return (outputs["grants"]?.value ?? []) as readonly Grant[];
    }
}
