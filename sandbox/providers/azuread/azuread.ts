import { isDeepStrictEqual } from "node:util";
import { didYouMean } from "../../../access/name.ts";
import { applyDrift } from "../drift.ts";
import type {
    ChangeKind,
    CheckRequest,
    CheckResult,
    CreateRequest,
    DeleteRequest,
    DiffRequest,
    DiffResult,
    Provider,
    ReadRequest,
    Resource,
    UpdateRequest,
} from "../provider.ts";
import type { RestClient } from "../rest.ts";
import type { Properties, Value } from "../values.ts";
import { failuresOf } from "./check.ts";
import { Directory } from "./directory.ts";
import { invokeFunction } from "./functions.ts";
import { GraphClient } from "./graph-client.ts";
import { ROWS } from "./rows.ts";
import type { Row } from "./rows.ts";
import { importedInputs, inputProjection, previewOutputs } from "./wire.ts";

const VERSION = "6.9.1";

export interface AzureAdOptions {
    readonly rest: RestClient;
    readonly retryMs: number;
    /** An access token for Graph. */
    readonly token: () => Promise<string>;
}

/** `azuread:index/appRoleAssignment:AppRoleAssignment` → its row. */
const rowOf = (token: string): Row => {
    const name = token.split(":").at(-1) ?? "";
    const row = ROWS[name];
    if (row === undefined)
        throw new Error(`unrecognized resource type (Check): ${token}${didYouMean(name, Object.keys(ROWS))}`);
    return row;
};

/** Arrays are sets to the plugin: their order is no difference. */
const normal = (value: Value | undefined): unknown =>
    Array.isArray(value) ? value.map(item => JSON.stringify(item)).sort() : value;

const pathPattern = (row: Row): RegExp => new RegExp(`^${row.collection.replace(/\{\w+\}/g, "[^/]+")}/[^/]+$`);

/** An id of this or an earlier plugin version, in today's form. */
const currentId = (row: Row, id: string): string =>
    row.formerIds === undefined ? id : id.replace(row.formerIds.pattern, row.formerIds.id);

/** Errors as the plugin lists them. */
const listed = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`1 error occurred:\n\t* ${why}\n\n`, { cause: error });
    });

/** The stand-in for the azuread plugin: it does what the real one does, by the rows of its types. */
export class AzureAd implements Provider {
    readonly version = VERSION;
    readonly #options: AzureAdOptions;
    readonly #graph: GraphClient;
    readonly #directory: Directory;

    constructor(options: AzureAdOptions) {
        this.#options = options;
        this.#graph = new GraphClient(options.rest, options.retryMs);
        this.#directory = new Directory(this.#graph);
    }

    configure(): void {}

    cancel(): void {
        this.#options.rest.cancel();
    }

    invoke(token: string, args: Properties): Promise<Properties> {
        const context = { graph: this.#graph, accessToken: this.#options.token };
        return listed(invokeFunction(token, args, context));
    }

    check({ type, name, news }: CheckRequest): Promise<CheckResult> {
        return Promise.resolve({ inputs: { __defaults: [], ...news }, failures: failuresOf(rowOf(type), name, news) });
    }

    diff({ type, oldInputs, newInputs }: DiffRequest): DiffResult {
        const changes = new Map<string, ChangeKind>();
        for (const [name, property] of Object.entries(rowOf(type).properties)) {
            const [old, now] = [oldInputs[name], newInputs[name]];
            if (property.computed === true || isDeepStrictEqual(normal(old), normal(now))) continue;
            const change = old === undefined ? "add" : now === undefined ? "delete" : "update";
            changes.set(name, property.replace === true ? `${change}-replace` : change);
        }
        const replaces = [...changes].filter(([, kind]) => kind.endsWith("-replace")).map(([name]) => name);
        return { changes, replaces, deleteBeforeReplace: false };
    }

    async create({ urn, type, inputs, preview }: CreateRequest): Promise<{ id: string; outputs: Properties }> {
        const row = rowOf(type);
        if (preview) return { id: "", outputs: previewOutputs(row, inputs) };
        const id = await listed(this.#directory.make(row, inputs));
        const outputs = await listed(this.#directory.read(row, id, inputs));
        if (outputs !== undefined) return { id, outputs };
        // So the plugin says that the object it has just made is not there.
        throw new Error(`expected non-nil error with nil state during Create of ${urn}`);
    }

    async read({ type, id: asked, inputs, outputs: old }: ReadRequest): Promise<Resource | undefined> {
        const row = rowOf(type);
        const isImport = inputs === undefined && Object.keys(old).length === 0;
        const id = isImport ? asked : currentId(row, asked);
        if (!pathPattern(row).test(id))
            throw new Error(`parsing ${JSON.stringify(id)}: expected an id of the form '${row.collection}/{id}'`);
        const outputs = await listed(this.#directory.read(row, id, inputs ?? old));
        if (outputs === undefined) return undefined;
        if (inputs === undefined) return { id, outputs, inputs: importedInputs(row, outputs) };
        const drifted = applyDrift(inputs, inputProjection(row, old), inputProjection(row, outputs));
        return { id, outputs, inputs: drifted };
    }

    async update({ type, id: asked, inputs, oldOutputs, preview }: UpdateRequest): Promise<Properties> {
        const row = rowOf(type);
        if (preview) return previewOutputs(row, inputs, oldOutputs);
        return listed(this.#directory.update(row, currentId(row, asked), inputs));
    }

    async delete({ type, id, outputs }: DeleteRequest): Promise<void> {
        const row = rowOf(type);
        await listed(this.#directory.delete(row, currentId(row, id), outputs));
    }
}
