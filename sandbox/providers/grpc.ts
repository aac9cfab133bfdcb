import type { ServiceError, UntypedServiceImplementation, sendUnaryData } from "@grpc/grpc-js";
import grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { PartialFailure } from "./provider.ts";
import type { Autonaming, ChangeKind, Provider } from "./provider.ts";
import type { Properties } from "./values.ts";
import { withoutNulls } from "./values.ts";

type Struct = InstanceType<typeof structs.Struct>;
type Handler<Request> = (request: Request) => unknown;

const fromStruct = (struct: Struct | undefined): Properties =>
    struct === undefined ? {} : withoutNulls(struct.toJavaScript());

const toStruct = (properties: Properties): Struct => structs.Struct.fromJavaScript(properties);

const typeOf = (urn: string): string => (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

const partialFailure = (failure: PartialFailure): grpc.Metadata => {
    const detail = new messages.ErrorResourceInitFailed();
    detail.setId(failure.resource.id);
    detail.setProperties(toStruct(failure.resource.outputs));
    detail.setInputs(toStruct(failure.resource.inputs));
    detail.setReasonsList([failure.message]);
    const any = new anys.Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statuses.Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(failure.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
};

const serviceError = (error: unknown): Partial<ServiceError> => {
    const details = error instanceof Error ? error.message : String(error);
    if (error instanceof PartialFailure) return { code: grpc.status.UNKNOWN, details, metadata: partialFailure(error) };
    return { code: grpc.status.UNKNOWN, details };
};

const unary =
    <Request>(handle: Handler<Request>) =>
    (call: { request: Request }, respond: sendUnaryData<unknown>): void => {
        void (async () => handle(call.request))().then(
            response => respond(null, response),
            (error: unknown) => respond(serviceError(error)),
        );
    };

const MODES: readonly Autonaming["mode"][] = ["propose", "enforce", "disable"];

const check = async (provider: Provider, request: proto.CheckRequest): Promise<proto.CheckResponse> => {
    const urn = request.getUrn();
    const autonaming = request.getAutonaming();
    const { inputs, failures } = await provider.check({
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        ...(autonaming && {
            autonaming: { name: autonaming.getProposedName(), mode: MODES[autonaming.getMode()] ?? "propose" },
        }),
    });
    const response = new messages.CheckResponse();
    response.setInputs(toStruct(inputs));
    response.setFailuresList(
        failures.map(failure => {
            const message = new messages.CheckFailure();
            if (failure.property !== undefined) message.setProperty(failure.property);
            message.setReason(failure.reason);
            return message;
        }),
    );
    return response;
};

const KINDS: Readonly<Record<ChangeKind, proto.PropertyDiff.Kind>> = {
    add: 0,
    "add-replace": 1,
    delete: 2,
    "delete-replace": 3,
    update: 4,
    "update-replace": 5,
};

const diff = (provider: Provider, request: proto.DiffRequest): proto.DiffResponse => {
    const { changes, replaces, deleteBeforeReplace } = provider.diff({
        type: typeOf(request.getUrn()),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        newInputs: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
    });
    const response = new messages.DiffResponse();
    response.setChanges(changes.size > 0 ? 2 : 1);
    response.setReplacesList([...replaces]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setDiffsList([...new Set([...changes.keys()].map(path => path.split(/[.[]/, 1)[0] ?? path))]);
    response.setHasdetaileddiff(true);
    for (const [path, kind] of changes) {
        const property = new messages.PropertyDiff();
        property.setKind(KINDS[kind]);
        property.setInputdiff(true);
        response.getDetaileddiffMap().set(path, property);
    }
    return response;
};

const create = async (provider: Provider, request: proto.CreateRequest): Promise<proto.CreateResponse> => {
    const urn = request.getUrn();
    const inputs = fromStruct(request.getProperties());
    const made = await provider.create({ urn, type: typeOf(urn), inputs, preview: request.getPreview() });
    const response = new messages.CreateResponse();
    response.setId(made.id);
    response.setProperties(toStruct(made.outputs));
    return response;
};

const read = async (provider: Provider, request: proto.ReadRequest): Promise<proto.ReadResponse> => {
    const urn = request.getUrn();
    const outputs = fromStruct(request.getProperties());
    const inputs = request.hasInputs() ? { inputs: fromStruct(request.getInputs()) } : {};
    const found = await provider.read({ urn, type: typeOf(urn), id: request.getId(), outputs, ...inputs });
    const response = new messages.ReadResponse();
    if (found === undefined) return response;
    response.setId(found.id);
    response.setProperties(toStruct(found.outputs));
    response.setInputs(toStruct(found.inputs));
    return response;
};

const update = async (provider: Provider, request: proto.UpdateRequest): Promise<proto.UpdateResponse> => {
    const urn = request.getUrn();
    const outputs = await provider.update({
        urn,
        type: typeOf(urn),
        id: request.getId(),
        inputs: fromStruct(request.getNews()),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        preview: request.getPreview(),
    });
    const response = new messages.UpdateResponse();
    response.setProperties(toStruct(outputs));
    return response;
};

const remove = async (provider: Provider, request: proto.DeleteRequest): Promise<unknown> => {
    const urn = request.getUrn();
    const inputs = fromStruct(request.getOldInputs());
    await provider.delete({
        urn,
        type: typeOf(urn),
        id: request.getId(),
        inputs,
        outputs: fromStruct(request.getProperties()),
    });
    return new empties.Empty();
};

const invoke = async (provider: Provider, request: proto.InvokeRequest): Promise<proto.InvokeResponse> => {
    const response = new messages.InvokeResponse();
    response.setReturn(toStruct(await provider.invoke(request.getTok(), fromStruct(request.getArgs()))));
    return response;
};

const configure = (provider: Provider, request: proto.ConfigureRequest): proto.ConfigureResponse => {
    provider.configure(Object.fromEntries(request.getVariablesMap().toArray()));
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
};

const checkConfig = (request: proto.CheckRequest): proto.CheckResponse => {
    const response = new messages.CheckResponse();
    response.setInputs(request.getNews());
    return response;
};

const pluginInfo = (version: string): unknown => {
    const info = new plugins.PluginInfo();
    info.setVersion(version);
    return info;
};

const schema = (): proto.GetSchemaResponse => {
    const response = new messages.GetSchemaResponse();
    response.setSchema("{}");
    return response;
};

/**
 * The engine's resource provider protocol over a provider. Like the real plugins it leaves secrets to the engine,
 * which sends their plain values and marks properties of the same name secret in what comes back.
 */
const implementation = (provider: Provider): UntypedServiceImplementation => ({
    attach: unary(() => new empties.Empty()),
    cancel: unary(() => {
        provider.cancel();
        return new empties.Empty();
    }),
    check: unary((request: proto.CheckRequest) => check(provider, request)),
    checkConfig: unary(checkConfig),
    configure: unary((request: proto.ConfigureRequest) => configure(provider, request)),
    create: unary((request: proto.CreateRequest) => create(provider, request)),
    delete: unary((request: proto.DeleteRequest) => remove(provider, request)),
    diff: unary((request: proto.DiffRequest) => diff(provider, request)),
    diffConfig: unary(() => new messages.DiffResponse()),
    getPluginInfo: unary(() => pluginInfo(provider.version)),
    getSchema: unary(schema),
    invoke: unary((request: proto.InvokeRequest) => invoke(provider, request)),
    read: unary((request: proto.ReadRequest) => read(provider, request)),
    update: unary((request: proto.UpdateRequest) => update(provider, request)),
});

/** A listening provider. */
export interface Listener {
    readonly port: number;
    close(): Promise<void>;
}

const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves a provider to engines on a free loopback port. */
export const listen = async (provider: Provider): Promise<Listener> => {
    const server = new grpc.Server(UNLIMITED);
    server.addService(services.ResourceProviderService, implementation(provider));
    const port = await new Promise<number>((done, fail) => {
        const credentials = grpc.ServerCredentials.createInsecure();
        server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? fail(error) : done(bound)));
    });
    return {
        port,
        close: () => {
            server.forceShutdown();
            return Promise.resolve();
        },
    };
};
