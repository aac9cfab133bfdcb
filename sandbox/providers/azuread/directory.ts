import type { Properties } from "../values.ts";
import type { GraphClient } from "./graph-client.ts";
import type { Row } from "./rows.ts";
import { bodyOf, outputsOf } from "./wire.ts";

const fill = (template: string, inputs: Properties): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => String(inputs[name] as string));

const objectIdOf = (object: Properties): string => String(object["id"] as string);

/** The objects of the plugin's resource types in the directory, by their resource ids. */
export class Directory {
    readonly #graph: GraphClient;

    constructor(graph: GraphClient) {
        this.#graph = graph;
    }

    /** Makes an object, or adopts the one that exists where the program says so, and gives its resource id. */
    async make(row: Row, inputs: Properties): Promise<string> {
        const collection = fill(row.collection, inputs);
        for (const read of row.reads ?? []) await this.#mustExist(fill(read, inputs));
        const adopted = await this.#adopt(row, collection, inputs);
        const summary = `Could not create ${row.noun}`;
        const body = bodyOf(row, inputs, "create");
        const made = adopted ?? (await this.#graph.create(collection, body, summary, row.replay ?? []));
        return `${collection}/${objectIdOf(made)}`;
    }

    /** An object's outputs; undefined when the directory does not have it. */
    async read(row: Row, id: string, inputs: Properties): Promise<Properties | undefined> {
        const body = await this.#graph.find(id, `retrieving ${row.noun} ${JSON.stringify(id)}`);
        return body === undefined ? undefined : outputsOf(row, body, inputs);
    }

    async update(row: Row, id: string, inputs: Properties): Promise<Properties> {
        const name = `${row.noun} with ID ${JSON.stringify(id)}`;
        await this.#graph.update(id, bodyOf(row, inputs, "update"), `Could not update ${name}`);
        const outputs = await this.read(row, id, inputs);
        if (outputs === undefined) throw new Error(`retrieving ${name}: not found`);
        return outputs;
    }

    /** Deletes an object; one that was only adopted too, as the plugin does, which then passes over a refusal. */
    async delete(row: Row, id: string, outputs: Properties): Promise<void> {
        const isAdopted = row.existing !== undefined && outputs[row.existing.adoptedBy] === true;
        const deleted = this.#graph.delete(id, `Deleting ${row.noun} ${JSON.stringify(id)}`);
        await (isAdopted ? deleted.catch(() => undefined) : deleted);
    }

    async #mustExist(path: string): Promise<void> {
        const objectId = JSON.stringify(path.split("/").at(-1) ?? "");
        const what = `service principal for resource (Object ID: ${objectId})`;
        const found = await this.#graph.find(path, `Could not retrieve ${what}`);
        if (found === undefined) throw new Error(`Service principal not found for resource (Object ID: ${objectId})`);
    }

    /** The object that exists already, brought to the inputs. */
    async #adopt(row: Row, collection: string, inputs: Properties): Promise<Properties | undefined> {
        if (row.existing === undefined) return undefined;
        const filter = new URLSearchParams({ $filter: fill(row.existing.filter, inputs) });
        const [found] = await this.#graph.list(`${collection}?${filter}`, `Could not list existing ${row.noun}s`);
        if (found === undefined) return undefined;
        const objectId = objectIdOf(found);
        if (inputs[row.existing.adoptedBy] !== true)
            throw new Error(
                `A resource with the ID "${objectId}" already exists - to be managed via Pulumi this resource needs to be ` +
                    `imported into the State. Please see the resource documentation for ` +
                    `"azuread_${row.noun.replaceAll(" ", "_")}" for more information.`,
            );
        const changes = bodyOf(row, inputs, "update");
        await this.#graph.update(`${collection}/${objectId}`, changes, `Could not update ${row.noun}`);
        return found;
    }
}
