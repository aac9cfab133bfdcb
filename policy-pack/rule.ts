import type { PolicyComplianceFramework, Severity } from "@pulumi/policy";
import type { Finding } from "../access/finding.ts";
import type { Settled, SubjectKind, SubjectOf } from "./adapter/subjects.ts";

/** A control of a framework that a rule serves: `IM-3`, `1.23`. */
export interface Controls {
    /** Of the Microsoft cloud security benchmark, version 1. */
    readonly mcsb: string;
    /** Of the CIS Microsoft Azure Foundations Benchmark 2.0.0. */
    readonly cis?: string;
}

type ListOption = {
    readonly type: "array";
    readonly items: { readonly type: "string" };
    readonly default: readonly string[];
};
type NumberOption = { readonly type: "integer"; readonly minimum: number; readonly default: number };
type TableOption = {
    readonly type: "object";
    readonly additionalProperties: { readonly type: "array"; readonly items: { readonly type: "string" } };
    readonly default: Readonly<Record<string, readonly string[]>>;
};
type ChoiceOption = { readonly type: "string"; readonly enum: readonly string[]; readonly default: string };

/** A setting of one rule, as its JSON schema says. */
export type Option = (ListOption | NumberOption | ChoiceOption | TableOption) & { readonly description: string };

/** Values of a rule's options, those not given at their default. */
export type OptionValues<O> = {
    readonly [K in keyof O]: O[K] extends { readonly type: "array" }
        ? readonly string[]
        : O[K] extends { readonly type: "integer" }
          ? number
          : O[K] extends { readonly type: "object" }
            ? Readonly<Record<string, readonly string[]>>
            : string;
};

/** What is true of a moment, not of a subject. */
export interface Moment {
    readonly now: Date;
}

/** What is wrong with a stack, and the resource that it is told of. Without a severity of its own it has the rule's. */
export type StackFault = Pick<Finding, "urn" | "message"> &
    Partial<Pick<Finding, "severity" | "path" | "cut" | "smaller">>;

/** What cannot be judged, and whether a later look at the resource, once it exists, can. */
export interface UndecidedFault {
    readonly message: string;
    readonly awaited: boolean;
}

/** What is wrong with a subject: the words, or more where the subject is a whole stack or cannot be judged. */
export type Fault<K extends SubjectKind = SubjectKind> = K extends "stack" ? StackFault : string | UndecidedFault;

interface RuleData {
    /** Kebab id; also the name of its file, doc page and test. Never changes. */
    readonly name: string;
    /** The rule as a fact. */
    readonly description: string;
    readonly severity: Severity;
    readonly controls: Controls;
    /** What to do, in the imperative. */
    readonly remediationSteps: string;
}

interface RuleOf<K extends SubjectKind, F extends keyof SubjectOf<K>, O> extends RuleData {
    /** What it judges. */
    readonly judges: K;
    /** Fields it cannot judge without; where one is unknown, that is the finding. */
    readonly needs: readonly F[];
    readonly options: O;
    /** @throws Error for an option that makes no sense, before anything is judged. */
    readonly prepare?: (options: OptionValues<O>) => void;
    /** What is wrong with a subject: nothing, or one line for each fault. */
    readonly check: (
        subject: Settled<SubjectOf<K>, F>,
        options: OptionValues<O>,
        moment: Moment,
    ) => readonly Fault<K>[];
    /** Properties that mend a resource for certain; asked for where the rule's level is `remediate` and it has a fault. */
    readonly remediate?: (
        subject: Settled<SubjectOf<K>, F>,
        options: OptionValues<O>,
    ) => Readonly<Record<string, unknown>> | undefined;
}

/** A rule of any kind, as the pack runs it. */
export interface Rule extends RuleData {
    readonly judges: SubjectKind;
    readonly needs: readonly string[];
    readonly options: Readonly<Record<string, Option>>;
    readonly prepare?: (options: OptionValues<Rule["options"]>) => void;
    readonly check: (subject: never, options: never, moment: Moment) => readonly Fault[];
    readonly remediate?: (subject: never, options: never) => Readonly<Record<string, unknown>> | undefined;
}

/** Types a rule by the kind of subject it judges and the fields it needs. */
export const rule = <
    K extends SubjectKind,
    F extends keyof SubjectOf<K> & string,
    const O extends Readonly<Record<string, Option>>,
>(
    given: RuleOf<K, F, O>,
): Rule => given as unknown as Rule;

/** Where the doc page of a rule is published. */
export const docUrl = (name: string): string => `https://unpkg.com/leastwise/docs/rules/${name}.md`;

/** A rule's main framework, in the policy SDK's words. */
export const frameworkOf = ({ controls }: Rule): PolicyComplianceFramework => ({
    name: "Microsoft cloud security benchmark",
    version: "v1",
    reference: controls.mcsb,
    specification: `https://learn.microsoft.com/security/benchmark/azure/mcsb-${AREAS[controls.mcsb.slice(0, 2)] ?? "overview"}`,
});

const AREAS: Readonly<Record<string, string>> = {
    AM: "asset-management",
    DP: "data-protection",
    DS: "devops-security",
    IM: "identity-management",
    NS: "network-security",
    PA: "privileged-access",
    PV: "posture-vulnerability-management",
};
