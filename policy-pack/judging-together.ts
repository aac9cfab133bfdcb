import type { EnforcementLevel, ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { Policy } from "./policy.ts";
import { reportAs } from "./sdk/reports.ts";

/** What the engine has configured the policies with. */
export interface Configured {
    /** Whether it has. */
    readonly configured: boolean;
    levelOf(policy: string): EnforcementLevel | undefined;
    /** Whether the resource half of a policy has more to do than to take in the resource, which the first one does. */
    gates(policy: string): boolean;
    propertiesOf(policy: string): Readonly<Record<string, unknown>>;
}

type Args = ResourceValidationArgs | StackValidationArgs;

/**
 * Policies of which one, the first that is not disabled, judges for all from when the engine has configured them; until
 * then each judges by itself. The host makes what it shows a policy for each one anew, for a stack of 10,000 resources
 * all of them 42 times, and looks at a policy's halves each time that it runs it.
 * Source: makeAnalyzeRpcFun, makeAnalyzeStackRpcFun and isResourcePolicy in @pulumi/policy
 */
export const judgingTogether = (policies: readonly Policy[], given: Configured): readonly Policy[] => {
    const levelOf = ({ name }: Policy): EnforcementLevel => given.levelOf(name) ?? "mandatory";
    const isOn = (policy: Policy): boolean => levelOf(policy) !== "disabled";

    const on = (): readonly Policy[] => policies.filter(isOn);
    const gating = (): readonly Policy[] => on().filter(({ name }, at) => at === 0 || given.gates(name));

    const all =
        <A extends Args>(
            judging: () => readonly Policy[],
            half: (policy: Policy) => (args: A, report: ReportViolation) => unknown,
        ) =>
        (args: A, report: ReportViolation): void => {
            for (const policy of judging()) {
                const getConfig = <T extends object>(): T => given.propertiesOf(policy.name) as T;
                half(policy)({ ...args, getConfig }, reportAs(policy, levelOf(policy), report));
            }
        };
    const resourceHalf = all<ResourceValidationArgs>(gating, ({ validateResource }) => validateResource);
    const stackHalf = all<StackValidationArgs>(on, ({ validateStack }) => validateStack);

    /** The host takes a policy that only remediates for one that is for no resource at all. */
    const silentHalf = ({ remediateResource }: Policy) =>
        remediateResource === undefined ? undefined : () => undefined;

    return policies.map(policy => {
        const judges = (): boolean => policies.find(isOn) === policy;
        const halves = {
            get validateResource() {
                if (!given.configured) return policy.validateResource;
                return judges() ? resourceHalf : silentHalf(policy);
            },
            get validateStack() {
                if (!given.configured) return policy.validateStack;
                return judges() ? stackHalf : undefined;
            },
        };
        return Object.defineProperties({ ...policy }, Object.getOwnPropertyDescriptors(halves));
    });
};
