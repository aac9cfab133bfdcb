/** The user, or the system, stopped the run. */
export class Interrupted extends Error {
    readonly signal: NodeJS.Signals;

    constructor(signal: NodeJS.Signals) {
        super(`interrupted by ${signal}`);
        this.signal = signal;
    }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a task that is told to stop, so that it can tidy up, when this process is told to.
 * @throws Interrupted when that happened, else what the task throws.
 */
export const withInterrupt = async <T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    const stop = (name: NodeJS.Signals): void => controller.abort(new Interrupted(name));
    for (const name of SIGNALS) process.once(name, stop);
    try {
        return await task(controller.signal);
    } catch (error) {
        throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
        for (const name of SIGNALS) process.removeListener(name, stop);
    }
};
