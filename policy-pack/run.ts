import type { EnforcementLevel } from "@pulumi/policy";
import { accessFileOf, writeAccessFile } from "./access-file.ts";
import { type GivenResource, type PlainResource, plainOf } from "./adapter/resource.ts";
import { StackDefinitions } from "./adapter/stack-definitions.ts";
import type { SubjectKind } from "./adapter/subjects.ts";
import type { RuleOutcome } from "./judge-stack.ts";
import { isMandatory } from "./level.ts";
import { type Reading, readingOf } from "./reading.ts";
import type { Rule } from "./rule.ts";
import { StackView } from "./stack-view.ts";

type Props = GivenResource["props"];

export interface RunOptions {
    /** Names of the rules that are run, in their order. @default - those that ask */
    readonly rules?: readonly string[];
    /** Level of a rule in the configuration that the engine has sent. @default - the rule's own */
    readonly levelOf?: (rule: string) => EnforcementLevel | undefined;
    /** Where to write what the stack half has seen and found. @default - nowhere */
    readonly accessFile?: string;
}

/** The resource that was last seen by itself, by which rules, and what they read of it. */
interface SeenResource {
    readonly resource: PlainResource;
    readonly by: Set<string>;
    readonly readings: Map<SubjectKind, Reading>;
}

/** A stack that is judged: what it is, and what the rules that have judged it found. */
interface JudgedStack {
    readonly view: StackView;
    readonly outcomes: Map<string, RuleOutcome>;
}

/**
 * What the pack has seen of one run of the engine. A preview shows a stack policy the outputs of its resources, in which
 * every input that was left out is unknown; so the stack half of a rule judges the inputs that the resource half saw.
 * The engine shows each resource and each stack to one rule after another: they are read at the first and kept.
 */
export class Run {
    /** Whether it is a preview, which ends with the stack half; while that is not known, it may make resources. */
    isPreview = false;
    readonly #defined = new StackDefinitions();
    readonly #options: RunOptions;
    readonly #inputs = new Map<string, Props>();
    readonly #reported = new Set<string>();
    #seen: SeenResource | undefined;
    #stack: JudgedStack | undefined;

    constructor(options: RunOptions = {}) {
        this.#options = options;
    }

    levelOf(rule: string): EnforcementLevel | undefined {
        return this.#options.levelOf?.(rule);
    }

    /** Whether the resource half of a rule is to stop what the rule finds, which is otherwise left to the stack half. */
    gates(rule: string): boolean {
        return !this.isPreview && isMandatory(this.levelOf(rule));
    }

    /** Takes in the inputs of a resource. */
    take({ urn, props }: GivenResource): void {
        this.#inputs.set(urn, props);
    }

    /** Takes in the inputs of a resource, and reads of it what a rule judges. */
    see(given: GivenResource, { name, judges }: Rule): Reading {
        const known = this.#seen?.resource.urn === given.urn ? this.#seen : undefined;
        const seen = known === undefined || known.by.has(name) ? this.#look(given) : known;
        seen.by.add(name);
        const reading = seen.readings.get(judges) ?? readingOf(judges, seen.resource, this.#defined);
        seen.readings.set(judges, reading);
        return reading;
    }

    #look(given: GivenResource): SeenResource {
        this.take(given);
        const resource = plainOf(given);
        this.#defined.add(resource);
        return (this.#seen = { resource, by: new Set(), readings: new Map() });
    }

    /** The stack, each resource with its inputs where they were seen, and the same for what it links to; for a rule. */
    view(stack: readonly GivenResource[], rule: string): StackView {
        if (this.#stack === undefined || this.#stack.outcomes.has(rule)) {
            const view = new StackView(stack.map(given => plainOf(given, this.#inputs)));
            this.#stack = { view, outcomes: new Map() };
        }
        return this.#stack.view;
    }

    /** Takes in what a rule made of the stack; after the last rule it is written down, where that is asked for. */
    conclude(rule: string, outcome: RuleOutcome): void {
        const { rules = [], accessFile } = this.#options;
        if (this.#stack === undefined) return;
        const { view, outcomes } = this.#stack;
        outcomes.set(rule, outcome);
        const last = rules.findLast(each => this.levelOf(each) !== "disabled");
        if (accessFile !== undefined && rule === last)
            writeAccessFile(accessFile, accessFileOf(view.model, [...outcomes.values()]));
    }

    /** Notes that a finding was reported. */
    note(...finding: readonly string[]): void {
        this.#reported.add(JSON.stringify(finding));
    }

    /** Whether a finding was reported. */
    hasReported(...finding: readonly string[]): boolean {
        return this.#reported.has(JSON.stringify(finding));
    }
}
