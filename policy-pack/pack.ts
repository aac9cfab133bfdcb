import { type Policy, policyOf } from "./policy.ts";
import { RULES } from "./rules/index.ts";
import { Run } from "./run.ts";

/** The policies of the pack, for one run of the engine. */
export const policies = (clock = () => new Date()): readonly Policy[] => {
    const run = new Run();
    return RULES.map(rule => policyOf(rule, run, clock));
};
