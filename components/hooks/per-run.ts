import { runtime } from "@pulumi/pulumi";

/**
 * Makes something once per run of a program: hooks and look-ups are known to one engine only, and one process may run
 * programs one after another (Automation API, tests).
 */
export const perRun = <T>(make: () => T): (() => T) => {
    const made = new WeakMap<object, T>();
    return () => {
        const run = runtime.getMonitor();
        if (!run) return make();
        const known = made.get(run);
        if (known !== undefined) return known;
        const value = make();
        made.set(run, value);
        return value;
    };
};
