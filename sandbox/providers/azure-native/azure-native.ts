import { applyDrift } from "../drift.ts";
import type {
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
import { PartialFailure } from "../provider.ts";
import type { RestClient } from "../rest.ts";
import { UNKNOWN } from "../values.ts";
import type { Properties } from "../values.ts";
import { ArmClient, UnfinishedWrite } from "./arm-client.ts";
import { isNotFound } from "./arm-error.ts";
import { bodyOf, keepUnset, mustKeep, withoutUnset } from "./body.ts";
import { failuresOf } from "./check.ts";
import { diffOf } from "./diff.ts";
import { invokeFunction } from "./functions.ts";
import { GroupLocations } from "./group-locations.ts";
import { idFrom, idOf, inputsOf } from "./ids.ts";
import { nameResource } from "./naming.ts";
import { inputProjection, outputsOf, previewOutputs } from "./outputs.ts";
import { resourceType } from "./resource-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { shapes } from "./shapes.ts";

const STABLE_OUTPUTS = ["name", "location"];

export interface AzureNativeOptions {
    readonly rest: RestClient;
    /** Milliseconds between two looks at a long-running operation, where Azure does not say. */
    readonly pollMs: number;
    readonly subscriptionId: string;
    /** An access token for Resource Manager. */
    readonly token: () => Promise<string>;
}

/** The stand-in for the azure-native plugin: it does what the real one does, by the rows and shapes of its types. */
export class AzureNative implements Provider {
    readonly version = shapes().version;
    readonly #options: AzureNativeOptions;
    readonly #arm: ArmClient;
    readonly #groups: GroupLocations;
    #config: Readonly<Record<string, string>> = {};

    constructor(options: AzureNativeOptions) {
        this.#options = options;
        this.#arm = new ArmClient(options.rest, options.pollMs);
        this.#groups = new GroupLocations(this.#arm);
    }

    get #subscriptionId(): string {
        return this.#config["subscriptionId"] ?? this.#options.subscriptionId;
    }

    configure(variables: Readonly<Record<string, string>>): void {
        this.#groups.forget();
        this.#config = Object.fromEntries(
            Object.entries(variables).map(([key, value]) => [key.replace(/^azure-native:config:/, ""), value]),
        );
    }

    cancel(): void {
        this.#options.rest.cancel();
    }

    invoke(token: string, args: Properties): Promise<Properties> {
        const { token: accessToken } = this.#options;
        return invokeFunction(token, args, { arm: this.#arm, subscriptionId: this.#subscriptionId, accessToken });
    }

    async check(request: CheckRequest): Promise<CheckResult> {
        const type = resourceType(request.type);
        const inputs: Properties = { ...request.news };
        if (inputs[type.nameInput] === undefined) Object.assign(inputs, nameResource(type, request));
        if (inputs["location"] === undefined && "location" in type.inputs) {
            const configured = request.olds["location"] ?? this.#config["location"];
            const location = configured ?? (await this.#groups.locationOf(inputs, this.#subscriptionId));
            if (location !== undefined) inputs["location"] = location;
        }
        inputs["azureApiVersion"] ??= type.apiVersion;
        return { inputs, failures: failuresOf(type, inputs) };
    }

    diff(request: DiffRequest): DiffResult {
        return diffOf(resourceType(request.type), request);
    }

    async create({ type: token, inputs, preview }: CreateRequest): Promise<{ id: string; outputs: Properties }> {
        const type = resourceType(token);
        if (preview) return { id: "", outputs: previewOutputs(type, inputs) };
        const id = idOf(type, inputs, this.#subscriptionId);
        const body = bodyOf(type, inputs);
        if (await this.#arm.exists(id, type.apiVersion))
            throw new Error(`cannot create already existing resource '${id}'`);
        keepUnset(type, body, undefined);
        return this.#write(type, id, body, inputs);
    }

    async read({ type: token, id, inputs, outputs: old }: ReadRequest): Promise<Resource | undefined> {
        const type = resourceType(token);
        const body = await this.#arm.get(id, type.apiVersion).catch((error: unknown) => {
            if (isNotFound(error)) return undefined;
            throw error;
        });
        if (body === undefined) return undefined;
        const outputs = outputsOf(type, body);
        if (inputs === undefined)
            return { id, outputs, inputs: { ...inputProjection(type, outputs), ...inputsOf(type, id) } };
        const project = (from: Properties): Properties => withoutUnset(type, inputProjection(type, from), inputs);
        return { id, outputs, inputs: applyDrift(inputs, project(old), project(outputs)) };
    }

    async update({ type: token, inputs, oldOutputs, preview }: UpdateRequest): Promise<Properties> {
        const type = resourceType(token);
        if (preview) {
            const stable = STABLE_OUTPUTS.filter(name => name in oldOutputs && name in type.outputs);
            const kept = Object.fromEntries(stable.map(name => [name, oldOutputs[name] ?? UNKNOWN]));
            return { ...previewOutputs(type, inputs), ...kept };
        }
        const id = idOf(type, inputs, this.#subscriptionId);
        const body = bodyOf(type, inputs);
        if (mustKeep(type, body)) keepUnset(type, body, await this.#arm.get(id, type.apiVersion));
        const { outputs } = await this.#write(type, id, body, inputs);
        return outputs;
    }

    delete({ type: token, id }: DeleteRequest): Promise<void> {
        const type = resourceType(token);
        return this.#arm.delete(id, type.apiVersion, type.row.deleteQuery);
    }

    async #write(
        type: ResourceType,
        id: string,
        body: Properties,
        inputs: Properties,
    ): Promise<{ id: string; outputs: Properties }> {
        try {
            const answer = await this.#arm.put(id, type.apiVersion, body);
            const canonical = idFrom(answer, id);
            const readsBack = this.#config["skipReadOnUpdate"] !== "true";
            const current = readsBack ? await this.#arm.get(canonical, type.apiVersion).catch(() => answer) : answer;
            return { id: canonical, outputs: outputsOf(type, current) };
        } catch (error) {
            if (!(error instanceof UnfinishedWrite)) throw error;
            const current = await this.#arm.get(id, type.apiVersion).catch(() => ({}));
            throw new PartialFailure(error.message, { id, inputs, outputs: outputsOf(type, current) });
        }
    }
}
