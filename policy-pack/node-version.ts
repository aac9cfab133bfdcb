/** Least major version of Node that the pack runs on, as its package.json says. */
export const LEAST_NODE = 22;

/** What to say of a version of Node that the pack cannot run on. */
export const nodeFault = (version: string): string | undefined => {
    const major = Number(version.replace(/^v/, "").split(".")[0]);
    return major >= LEAST_NODE
        ? undefined
        : `the policy pack runs on Node ${LEAST_NODE} or newer; the first 'node' on PATH is ${version}`;
};
