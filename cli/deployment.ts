import type { EngineEvent, OutputMap } from "@pulumi/pulumi/automation/index.js";
import type { Grant } from "../access/grant.ts";
import { failureOf } from "../components/hooks/failure.ts";
import { changeWords, plannedWords } from "./change-words.ts";
import type { Landed } from "./landed.ts";
import { takeLeftBehind } from "./left-behind.ts";
import { type Operation, OperationError, type OperationView, type Outcome, runOperation } from "./operation.ts";
import { recover } from "./recovery.ts";
import { Unfinished } from "./unfinished.ts";
import { openStack, type OpenStack, type StackOptions } from "./stack.ts";

/**
 * Operations on resources that run at once. Azure's own limits (429) are far above it for one deployment, and more
 * only costs memory.
 */
export const PARALLEL = 64;

/** Clocks of Azure and of this machine may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

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
    readonly #unfinished: Unfinished;
    readonly #saveAtEnd: boolean;
    #outputs: OutputMap | undefined;

    private constructor(open: OpenStack, options: DeploymentOptions, unfinished: Unfinished) {
        this.#open = open;
        this.#parallel = options.parallel ?? PARALLEL;
        this.#saveAtEnd = options.saveAtEnd ?? false;
        this.#unfinished = unfinished;
    }

    /** Opens a stack, and repairs what an interrupted run has left of it. */
    static async open(options: DeploymentOptions): Promise<Deployment> {
        const open = await openStack(options);
        await recover(open, options.session === undefined ? undefined : options.project);
        const deployment = new Deployment(open, options, new Unfinished(options.project, options.stack));
        if (deployment.#unfinished.since !== undefined) await deployment.refresh();
        return deployment;
    }

    /** Brings the cloud to what is declared. */
    up(): Promise<Outcome> {
        const view = { title: "Deploying", done: "Deployed", words: changeWords };
        return this.#persist(view, async given => {
            this.#outputs = undefined;
            const continueOnError = this.#unfinished.since !== undefined;
            const { outputs } = await this.#open.stack.up({ ...given, parallel: this.#parallel, continueOnError });
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

    /**
     * Deletes everything the stack has made.
     * @throws Error when a run was cut short that saves its state at its end: what it has made is not known
     */
    async destroy(): Promise<Outcome> {
        this.#outputs = undefined;
        if (this.#unfinished.since !== undefined) {
            throw new Error(
                `an earlier run of stack '${this.#open.stack.name}' was cut short before it saved what it had made; ` +
                    "run 'leastwise up' first, so that destroy knows all there is to delete",
            );
        }
        const view = { title: "Destroying", done: "Destroyed", words: changeWords };
        return this.#persist(view, given => this.#open.stack.destroy({ ...given, parallel: this.#parallel }));
    }

    /** Runs an operation again after a failure that passes, or that left behind what now is in the state. */
    async #persist(view: OperationView, operation: Operation): Promise<Outcome> {
        const since = this.#unfinished.since ?? Date.now();
        const isOurs = ({ id, createdAt = 0 }: Landed): boolean =>
            createdAt >= since - CLOCK_SKEW_MS || this.#unfinished.hasMade(id);
        if (this.#saveAtEnd) this.#unfinished.begin();
        for (let run = 1; ;) {
            try {
                const outcome = await runOperation(view, given => operation(this.#noting(given)));
                this.#unfinished.end();
                return outcome;
            } catch (error) {
                if (!(error instanceof OperationError)) throw error;
                const taken = await takeLeftBehind(this.#open, error.failedCreates, isOurs);
                if (taken > 0) {
                    process.stderr.write(
                        `${taken} of these were made all the same and are in the state now; going on\n`,
                    );
                    continue;
                }
                if (run++ === MOST_RUNS || !passes(error)) throw error;
                if (error.failedChanges.length > 0)
                    await this.#open.stack.refresh({ target: [...error.failedChanges] });
            }
        }
    }

    #noting({ onEvent, ...given }: Parameters<Operation>[0]): Parameters<Operation>[0] {
        const noted = (event: EngineEvent): void => {
            this.#unfinished.note(event);
            onEvent(event);
        };
        return { ...given, onEvent: noted };
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
