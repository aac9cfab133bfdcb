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
import { invokeFunction } from "./functions.ts";
import { GraphClient } from "./graph-client.ts";
import { ROWS } from "./rows.ts";
import type { Row } from "./rows.ts";
import { bodyOf, importedInputs, inputProjection, outputsOf, previewOutputs } from "./wire.ts";

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

const fill = (template: string, inputs: Properties): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => String(inputs[name] as string));

/** Arrays are sets to the plugin: their order is no difference. */
const normal = (value: Value | undefined): unknown =>
    Array.isArray(value) ? value.map(item => JSON.stringify(item)).sort() : value;

const pathPattern = (row: Row): RegExp => new RegExp(`^${row.collection.replace(/\{\w+\}/g, "[^/]+")}/[^/]+$`);

/** An id of this or an earlier plugin version, in today's form. */
const currentId = (row: Row, id: string): string =>
    row.formerIds === undefined ? id : id.replace(row.formerIds.pattern, row.formerIds.id);

/** The stand-in for the azuread plugin: it does what the real one does, by the rows of its types. */
export class AzureAd implements Provider {
    readonly version = VERSION;
    readonly #options: AzureAdOptions;
    readonly #graph: GraphClient;

    constructor(options: AzureAdOptions) {
        this.#options = options;
        this.#graph = new GraphClient(options.rest, options.retryMs);
    }

    configure(): void {}

    cancel(): void {
        this.#options.rest.cancel();
    }

    invoke(token: string, args: Properties): Promise<Properties> {
        return invokeFunction(token, args, { graph: this.#graph, accessToken: this.#options.token });
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
        for (const read of row.reads ?? []) await this.#mustExist(fill(read, inputs));
        const collection = fill(row.collection, inputs);
        const adopted = await this.#adopt(row, inputs);
        const summary = `Could not create ${row.noun}`;
        const made =
            adopted ?? (await this.#graph.create(collection, bodyOf(row, inputs, "create"), summary, row.replay ?? []));
        const id = `${collection}/${String(made["id"] as string)}`;
        const read = await this.#read(row, id, inputs);
        if (read !== undefined) return { id, outputs: read };
        throw new Error(
            `Provider produced inconsistent result after apply: root object was present, but now absent: ` +
                `expected non-empty ID for new state during Create of ${urn}`,
        );
    }

    async read({ type, id: asked, inputs, outputs: old }: ReadRequest): Promise<Resource | undefined> {
        const row = rowOf(type);
        const isImport = inputs === undefined && Object.keys(old).length === 0;
        const id = isImport ? asked : currentId(row, asked);
        if (!pathPattern(row).test(id))
            throw new Error(`parsing ${JSON.stringify(id)}: expected an id of the form '${row.collection}/{id}'`);
        const outputs = await this.#read(row, id, inputs ?? old);
        if (outputs === undefined) return undefined;
        if (inputs === undefined) return { id, outputs, inputs: importedInputs(row, outputs) };
        const drifted = applyDrift(inputs, inputProjection(row, old), inputProjection(row, outputs));
        return { id, outputs, inputs: drifted };
    }

    async update({ type, id: asked, inputs, oldOutputs, preview }: UpdateRequest): Promise<Properties> {
        const row = rowOf(type);
        if (preview) return previewOutputs(row, inputs, oldOutputs);
        const id = currentId(row, asked);
        await this.#graph.update(
            id,
            bodyOf(row, inputs, "update"),
            `Could not update ${row.noun} with ID ${JSON.stringify(id)}`,
        );
        const outputs = await this.#read(row, id, inputs);
        if (outputs === undefined) throw new Error(`retrieving ${row.noun} ${JSON.stringify(id)}: not found`);
        return outputs;
    }

    async delete({ type, id: asked, outputs }: DeleteRequest): Promise<void> {
        const row = rowOf(type);
        const id = currentId(row, asked);
        const deleted = this.#graph.delete(id, `Deleting ${row.noun} ${JSON.stringify(id)}`);
        // The plugin deletes an adopted object too, and passes over a refusal to.
        const isAdopted = row.existing !== undefined && outputs[row.existing.adoptedBy] === true;
        await (isAdopted ? deleted.catch(() => undefined) : deleted);
    }

    async #read(row: Row, id: string, inputs: Properties): Promise<Properties | undefined> {
        const body = await this.#graph.find(id, `retrieving ${row.noun} ${JSON.stringify(id)}`);
        return body === undefined ? undefined : outputsOf(row, body, inputs);
    }

    async #mustExist(path: string): Promise<void> {
        const objectId = path.split("/").at(-1) ?? "";
        const what = `service principal for resource (Object ID: ${JSON.stringify(objectId)})`;
        const found = await this.#graph.find(path, `Could not retrieve ${what}`);
        if (found === undefined) throw new Error(`Service principal not found for resource (Object ID: "${objectId}")`);
    }

    /** The object that exists already, brought to the inputs, where the program says to adopt it. */
    async #adopt(row: Row, inputs: Properties): Promise<Properties | undefined> {
        if (row.existing === undefined) return undefined;
        const filter = new URLSearchParams({ $filter: fill(row.existing.filter, inputs) });
        const [found] = await this.#graph.list(`${row.collection}?${filter}`, `Could not list existing ${row.noun}s`);
        if (found === undefined) return undefined;
        const objectId = String(found["id"] as string);
        if (inputs[row.existing.adoptedBy] !== true)
            throw new Error(
                `A resource with the ID "${objectId}" already exists - to be managed via Pulumi this resource needs to be ` +
                    `imported into the State. Please see the resource documentation for "azuread_${row.noun.replaceAll(" ", "_")}" for more information.`,
            );
        const changes = bodyOf(row, inputs, "update");
        await this.#graph.update(`${row.collection}/${objectId}`, changes, `Could not update ${row.noun}`);
        return found;
    }
}
