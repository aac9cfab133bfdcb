import type { SubjectKind } from "./adapter/subjects.ts";
import type { Rule } from "./rule.ts";

/** What a rule needs to see to find a fault: one resource by itself, sometimes the stack around it, or always. */
export type Sight = "resource" | "mostly resource" | "stack";

const OF_STACKS: ReadonlySet<SubjectKind> = new Set<SubjectKind>(["stack", "identity"]);

const OTHERS: Readonly<Record<string, Sight>> = {
    "automation-account-shared": "stack",
    "automation-module-incompatible": "mostly resource",
    "azure-assignment-name-random": "mostly resource",
    "azure-principal-type-missing": "mostly resource",
    "azure-role-privileged": "mostly resource",
    "azure-scope-too-wide": "mostly resource",
    "azure-vault-without-roles": "mostly resource",
    "grant-unjudged": "mostly resource",
    "graph-delegated-grant-to-identity": "stack",
    "graph-directory-role-on-identity": "stack",
    "graph-directory-role-standing": "stack",
    "graph-permission-unknown": "mostly resource",
    "graph-resource-scoped-way": "mostly resource",
    "stored-credential": "mostly resource",
};

/** What a rule needs to see. */
export const sightOf = ({ name, judges }: Pick<Rule, "name" | "judges">): Sight =>
    OTHERS[name] ?? (OF_STACKS.has(judges) ? "stack" : "resource");

/** When a rule stops what it finds. */
export interface Moments {
    readonly firstPreview: string;
    readonly laterPreview: string;
    readonly update: string;
    readonly updateWithoutPreview: string;
    readonly existingState: string;
}

const GATES: Readonly<Record<Sight, string>> = {
    resource: "before the resource is made",
    "mostly resource": "before the resource is made where it shows by itself, else when it ends",
    stack: "when it ends",
};

/** When a rule stops what it finds: a preview shows the whole stack, an update each resource and then the whole. */
export const momentsOf = (rule: Pick<Rule, "name" | "judges">): Moments => ({
    firstPreview: "yes",
    laterPreview: "yes",
    update: "at its preview",
    updateWithoutPreview: GATES[sightOf(rule)],
    existingState: "yes",
});
