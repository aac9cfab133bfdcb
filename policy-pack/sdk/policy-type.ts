import { inner } from "./inner.ts";

interface Messages {
    readonly PolicyInfo?: { readonly prototype: { setPolicyType?: (this: object, type: number) => object } };
    readonly PolicyType?: Readonly<Record<string, number>>;
}

/**
 * Declares the policies, which the host takes for ones of resources, as ones of stacks: each has its verdict when the
 * stack half has judged. Of a policy of resources the engine says that each resource which the resource half is silent
 * of has passed it.
 * Source: makeAnalyzerInfo in @pulumi/policy/protoutil.js; newPolicySummary in the engine's summary.go
 * @returns whether the place was there
 */
export const declareForStacks = (): boolean => {
    const { PolicyInfo, PolicyType = {} } = inner<Messages>("@pulumi/pulumi/proto/analyzer_pb.js");
    const [declare, stack] = [PolicyInfo?.prototype.setPolicyType, PolicyType["POLICY_TYPE_STACK"]];
    if (PolicyInfo === undefined || declare === undefined || stack === undefined) return false;
    PolicyInfo.prototype.setPolicyType = function () {
        return declare.call(this, stack);
    };
    return true;
};
