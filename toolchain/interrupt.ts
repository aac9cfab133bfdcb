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
 * Runs a task that is told to stop, so that it can tidy up, when this process is told to; being told twice ends it at
 * once. The listeners stay for all of the task: libraries that see none but their own end the process themselves.
 * @throws Interrupted when that happened, else what the task throws.
 */
export const withInterrupt = async <T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    const remove = (): void => SIGNALS.forEach(name => void process.removeListener(name, stop));
    const stop = (name: NodeJS.Signals): void => {
        if (!controller.signal.aborted) return controller.abort(new Interrupted(name));
        remove();
        process.kill(process.pid, name);
    };
    for (const name of SIGNALS) process.on(name, stop);
    try {
        return await task(controller.signal);
    } catch (error) {
        throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
        remove();
    }
};
