/**
 * The same rules as a pack written the usual way: a policy for each rule and resource type, which the SDK runs for that
 * type alone, and which reads its resource, and the stack that it is in, by itself.
 */
import { PolicyPack, type ResourceValidation, type StackValidation } from "@pulumi/policy";
import { policyOf } from "../policy-pack/policy.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { Run } from "../policy-pack/run.ts";

/** The types of the bench's stack that a rule of some kind reads. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
    "api-grant": ["azuread:index/appRoleAssignment:AppRoleAssignment"],
    "azure-grant": ["azure-native:authorization:RoleAssignment"],
    credential: ["azure-native:storage:StorageAccount"],
    identity: ["azure-native:managedidentity:UserAssignedIdentity"],
    unjudged: ["azure-native:storage:StorageAccount"],
};

/** Lets the SDK skip other types before it reads the resource, as validateResourceOfType does. */
const forType = <V extends ResourceValidation | StackValidation>(type: string, validate: V): V =>
    Object.assign(validate.bind(undefined) as V, { __pulumiType: type });

new PolicyPack("usual", {
    policies: RULES.flatMap(rule =>
        (TYPES[rule.judges] ?? [""]).map((type, at) => {
            const policy = policyOf(rule, new Run(), () => new Date());
            return {
                ...policy,
                name: `${rule.name}-${at}`,
                validateResource: forType(type, policy.validateResource as ResourceValidation),
                ...(at === 0 && { validateStack: policy.validateStack }),
            };
        }),
    ),
});
