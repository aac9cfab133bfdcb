import type { Properties } from "./values.ts";

/** Why an input is refused; `property` is where, when it is one property. */
export interface CheckFailure {
    readonly property?: string;
    readonly reason: string;
}

/** How the engine wants a resource named that the program did not name. */
export interface Autonaming {
    readonly name: string;
    readonly mode: "propose" | "enforce" | "disable";
}

export interface CheckRequest {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly olds: Properties;
    readonly news: Properties;
    readonly randomSeed: Uint8Array;
    readonly autonaming?: Autonaming;
}

export interface CheckResult {
    readonly inputs: Properties;
    readonly failures: readonly CheckFailure[];
}

export type ChangeKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface DiffRequest {
    readonly type: string;
    readonly oldInputs: Properties;
    readonly oldOutputs: Properties;
    readonly newInputs: Properties;
    readonly ignoreChanges: readonly string[];
}

export interface DiffResult {
    /** By property path, `sku.name`. */
    readonly changes: ReadonlyMap<string, ChangeKind>;
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

export interface CreateRequest {
    readonly urn: string;
    readonly type: string;
    readonly inputs: Properties;
    readonly preview: boolean;
}

export interface UpdateRequest extends CreateRequest {
    readonly id: string;
    readonly oldInputs: Properties;
    readonly oldOutputs: Properties;
}

export interface ReadRequest {
    readonly urn: string;
    readonly type: string;
    readonly id: string;
    /** Absent when the resource is imported or looked up rather than refreshed. */
    readonly inputs?: Properties;
    readonly outputs: Properties;
}

export interface DeleteRequest {
    readonly urn: string;
    readonly type: string;
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

export interface Resource {
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** A stand-in for a resource plugin: resource operations in, REST calls out. */
export interface Provider {
    readonly version: string;
    configure(variables: Readonly<Record<string, string>>): void;
    invoke(token: string, args: Properties): Promise<Properties>;
    check(request: CheckRequest): Promise<CheckResult>;
    diff(request: DiffRequest): DiffResult;
    create(request: CreateRequest): Promise<{ readonly id: string; readonly outputs: Properties }>;
    /** Undefined when Azure no longer has the resource. */
    read(request: ReadRequest): Promise<Resource | undefined>;
    update(request: UpdateRequest): Promise<Properties>;
    delete(request: DeleteRequest): Promise<void>;
    /** Ends what is under way, because the engine was told to stop. */
    cancel(): void;
}

/** Azure has the resource, but the operation that made it failed: the engine keeps it in state and says why. */
export class PartialFailure extends Error {
    override readonly name = "PartialFailure";
    readonly resource: Resource;

    constructor(reason: string, resource: Resource) {
        super(reason);
        this.resource = resource;
    }
}
