import type {
    EngineEvent,
    OpType,
    StepEventMetadata,
    StepEventStateMetadata,
} from "@pulumi/pulumi/automation/index.js";

/** What happened to resources during an operation: operation → number of resources. */
export type Changes = Readonly<Partial<Record<OpType, number>>>;

/** A change to one resource that the engine makes, or would make. */
export interface Step {
    readonly op: OpType;
    readonly type: string;
    readonly name: string;
    /** Properties that change. */
    readonly properties: readonly string[];
}

/** A line the engine, a provider or the program had to say. */
export interface Diagnostic {
    readonly severity: "info" | "warning" | "error";
    readonly message: string;
    readonly resource?: string;
}

const CREATES: ReadonlySet<OpType> = new Set(["create", "create-replacement"]);
const PROVIDERS = "pulumi:providers:";
const COLOUR_TAG = /<\{%[^%]*%\}>/g;
const STACK_LINE = /^\s+at .*$/gm;

/** Name of a resource, without the rest of its URN. */
export const resourceName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** Type of a resource by its last name: `RoleAssignment`. */
export const shortType = (type: string): string => type.slice(type.lastIndexOf(":") + 1);

const clean = (message: string): string =>
    message
        .replace(COLOUR_TAG, "")
        .replace(STACK_LINE, "")
        .replace(/^(?:Unhandled exception: |Error: |error: |warning: )+/, "")
        .replace(/\n{2,}/g, "\n")
        .trim();

/** Severities that are shown; the engine sends its debug output as well. */
const SEVERITY: Readonly<Record<string, Diagnostic["severity"]>> = {
    error: "error",
    warning: "warning",
    info: "info",
    "info#err": "info",
};

/** Said of each helper executable: it is meant to be found on PATH. */
const HELPER_ON_PATH = /^using pulumi-\S+-nodejs from \$PATH/;

/** Gathers what an operation's events say, as they come. */
export class EventLog {
    readonly diagnostics: Diagnostic[] = [];
    readonly steps: Step[] = [];
    /** Resources whose creation failed, as they were declared. */
    readonly failedCreates: StepEventStateMetadata[] = [];
    /** URNs of resources that were in the state and whose change or deletion failed. */
    readonly failedChanges: string[] = [];
    readonly running = new Map<string, string>();
    readonly done = new Map<OpType, number>();
    changes: Changes = {};
    #seen = new Set<string>();

    /** Takes in one event of the engine. */
    add(event: EngineEvent): void {
        const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent } = event;
        if (resourcePreEvent !== undefined) this.#start(resourcePreEvent.metadata);
        if (resOutputsEvent !== undefined) this.#end(resOutputsEvent.metadata);
        if (resOpFailedEvent !== undefined) this.#fail(resOpFailedEvent.metadata);
        if (diagnosticEvent !== undefined && diagnosticEvent.ephemeral !== true) this.#diagnose(diagnosticEvent);
        if (summaryEvent !== undefined) this.changes = summaryEvent.resourceChanges as Changes;
    }

    #start({ urn, type, op, diffs, ...state }: StepEventMetadata): void {
        const custom = (state.new ?? state.old)?.custom === true;
        if (op === "same" || !custom || type.startsWith(PROVIDERS)) return;
        const step = { op, type: shortType(type), name: resourceName(urn), properties: diffs ?? [] };
        this.running.set(urn, `${step.type} ${step.name}`);
        this.steps.push(step);
    }

    #end({ urn, op }: StepEventMetadata): void {
        this.running.delete(urn);
        this.done.set(op, (this.done.get(op) ?? 0) + 1);
    }

    #fail({ urn, op, new: declared }: StepEventMetadata): void {
        this.running.delete(urn);
        if (!CREATES.has(op)) this.failedChanges.push(urn);
        else if (declared !== undefined) this.failedCreates.push(declared);
    }

    #diagnose({ urn, message, severity }: NonNullable<EngineEvent["diagnosticEvent"]>): void {
        const known = SEVERITY[severity];
        const text = clean(message);
        if (known === undefined || text === "" || HELPER_ON_PATH.test(text)) return;
        const key = `${urn ?? ""}|${text}`;
        if (this.#seen.has(key)) return;
        this.#seen.add(key);
        const resource = urn === undefined || urn === "" ? {} : { resource: resourceName(urn) };
        this.diagnostics.push({ severity: known, message: text, ...resource });
    }
}
