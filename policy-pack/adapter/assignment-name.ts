import type { PlainResource } from "./resource.ts";
import { Unknown } from "./value.ts";

/** Who makes the name of a role assignment: the program, the provider at random, or a resource of random values. */
export type NameOrigin = "program" | "provider" | "random";

const RANDOM = /^urn:pulumi:[^:]+::[^:]+::(?:.*\$)?random:/;

/**
 * Who makes the name of a role assignment, as far as the resource tells. azure-native makes one up where there is none,
 * and says so with a flag among the inputs, which a state shows and the engine keeps from packs. Classic azure replaces an assignment that changes, so the name it makes up does no harm.
 * Source: https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider/provider.go
 */
export const nameOrigin = (resource: PlainResource): NameOrigin => {
    if (resource.token !== "azure-native:authorization:RoleAssignment") return "program";
    if (resource.links("roleAssignmentName").some(({ urn }) => RANDOM.test(urn))) return "random";
    const name = resource.text("roleAssignmentName");
    const isMadeUp = resource.value("__createBeforeDelete") === true || name === undefined;
    return isMadeUp && !(name instanceof Unknown) ? "provider" : "program";
};
