import type { EngineEvent, OpType, StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { Interrupted, withInterrupt } from "../toolchain/interrupt.ts";
import { type Progress, showProgress } from "../toolchain/progress.ts";
import { engineFailure } from "./engine-failure.ts";
import { type Changes, type Diagnostic, EventLog, type Step } from "./engine-events.ts";

/** What one operation of the engine came to. */
export interface Outcome {
    readonly changes: Changes;
    readonly steps: readonly Step[];
    readonly diagnostics: readonly Diagnostic[];
}

/** The engine, a provider or the program refused; the message holds what they said. */
export class OperationError extends Error {
    readonly diagnostics: readonly Diagnostic[];
    /** Resources whose creation failed, as they were declared. */
    readonly failedCreates: readonly StepEventStateMetadata[];
    /** URNs of resources that were in the state and whose change or deletion failed. */
    readonly failedChanges: readonly string[];

    constructor(title: string, { diagnostics, failedCreates, failedChanges }: EventLog) {
        const errors = diagnostics.filter(diagnostic => diagnostic.severity === "error");
        const lines = errors.map(({ resource, message }) =>
            resource === undefined ? message : `${resource}: ${message}`,
        );
        super(`${title} failed${lines.length === 0 ? "" : `:\n${lines.join("\n")}`}`);
        this.diagnostics = diagnostics;
        this.failedCreates = failedCreates;
        this.failedChanges = failedChanges;
    }
}

const OPS_SHOWN: readonly (readonly [OpType, string])[] = [
    ["create", "created"],
    ["import", "imported"],
    ["update", "updated"],
    ["create-replacement", "replaced"],
    ["delete", "deleted"],
    ["refresh", "refreshed"],
    ["same", "unchanged"],
];

const state = (title: string, log: EventLog): string => {
    const counts = OPS_SHOWN.flatMap(([op, word]) => (log.done.has(op) ? [`${log.done.get(op)} ${word}`] : []));
    const [first] = log.running.values();
    const now =
        first === undefined ? [] : [`${first}${log.running.size > 1 ? ` and ${log.running.size - 1} more` : ""}`];
    return [title, ...counts, ...now].join(" · ");
};

const tell = (diagnostics: readonly Diagnostic[]): void => {
    for (const { severity, message, resource } of diagnostics) {
        if (severity === "error") continue;
        const where = resource === undefined ? "" : `${resource}: `;
        process.stderr.write(`${severity === "warning" ? "warning: " : ""}${where}${message}\n`);
    }
};

export interface OperationView {
    /** What runs: `Deploying`. */
    readonly title: string;
    /** How the last line begins: `Deployed`. */
    readonly done: string;
    /** What became of the resources: `12 created`. */
    readonly words: (changes: Changes) => string;
    readonly progress?: (text: string) => Promise<Progress>;
}

/** Something to run on the engine; it is told to end early through the signal. */
export type Operation = (given: { onEvent: (event: EngineEvent) => void; signal: AbortSignal }) => Promise<unknown>;

/**
 * Runs an operation so that an interrupt lets it end in order. A terminal sends Ctrl-C to the engine as well; other
 * signals reach this process alone and are passed on.
 */
const interruptible = (operation: Operation, onEvent: (event: EngineEvent) => void): Promise<unknown> =>
    withInterrupt(interrupt => {
        const engine = new AbortController();
        interrupt.addEventListener("abort", () => {
            const { signal } = interrupt.reason as Interrupted;
            if (signal !== "SIGINT" || !process.stdin.isTTY) engine.abort();
        });
        return operation({ onEvent, signal: engine.signal });
    });

const failure = (title: string, error: unknown, log: EventLog): Error => {
    if (error instanceof Interrupted) {
        return new Error(`${title} was ${error.message}; what had begun was let end; run the command again to go on`);
    }
    const said = log.diagnostics.some(({ severity }) => severity === "error");
    return said ? new OperationError(title, log) : engineFailure(title, error);
};

/**
 * Runs one operation of the engine while showing how far it is.
 * @throws OperationError with what the engine, the providers and the program said
 * @throws Error with the engine's own words where it refused to begin, or that it was stopped
 */
export const runOperation = async (view: OperationView, operation: Operation): Promise<Outcome> => {
    const progress = await (view.progress ?? showProgress)(view.title);
    const log = new EventLog();
    const onEvent = (event: EngineEvent): void => {
        log.add(event);
        progress.update(state(view.title, log));
    };
    try {
        await interruptible(operation, onEvent);
    } catch (error) {
        progress.fail(`${view.title} failed`);
        tell(log.diagnostics);
        throw failure(view.title, error, log);
    }
    progress.succeed(`${view.done}: ${view.words(log.changes)}`);
    tell(log.diagnostics);
    return { changes: log.changes, steps: log.steps, diagnostics: log.diagnostics };
};
