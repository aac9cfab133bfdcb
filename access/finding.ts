/** One step of a path from one principal to the rights of another. */
export interface Hop {
    /** Key of a principal. */
    readonly from: string;
    /** Key of a principal, or of a right that the last hop reaches. */
    readonly to: string;
    /** Public name of the edge where it has one: `AZAutomationContributor`. */
    readonly edge: string;
    /** What happens, in words: `can change the runbooks of 'aa-nightly'`. */
    readonly words: string;
    /** Keys of the rights that the hop takes. */
    readonly by: readonly string[];
}

export type FindingSeverity = "low" | "medium" | "high" | "critical";

/** An exception that a finding is accepted by. */
export interface Acceptance {
    readonly reason: string;
    readonly owner: string;
    /** ISO date. */
    readonly expires: string;
}

/** What a rule says about one resource of a stack. */
export interface Finding {
    readonly rule: string;
    readonly urn: string;
    /** Names the subject and the value got, then what was expected. */
    readonly message: string;
    readonly severity: FindingSeverity;
    /** Whether it stops a deployment. */
    readonly mandatory: boolean;
    readonly remediation: string;
    readonly url: string;
    /** Of an escalation path, its hops in order. */
    readonly path?: readonly Hop[];
    /** Key of the right whose removal cuts the path at the least cost. */
    readonly cut?: string;
    /** Smaller set that would do, where there is one. */
    readonly smaller?: readonly string[];
    readonly accepted?: Acceptance;
}

/** An exception that a stack's configuration gives. */
export interface ExceptionUse extends Acceptance {
    readonly rule: string;
    readonly urn: string;
    /** The words of the finding that it is for. */
    readonly finding: string;
}

/** What became of a stack's exceptions. Each list is in the order of rules, then of the configuration. */
export interface ExceptionReport {
    /** Those that accept a finding. */
    readonly used: readonly ExceptionUse[];
    /** Those that are for no finding of the stack. */
    readonly unused: readonly ExceptionUse[];
    /** Those that have ended. */
    readonly expired: readonly ExceptionUse[];
    /** Those of the used ones that end soon. */
    readonly expiring: readonly ExceptionUse[];
}
