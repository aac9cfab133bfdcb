import type { UntypedServiceImplementation, sendUnaryData } from "@grpc/grpc-js";
import grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import type { Provider } from "../provider.ts";
import { serviceError } from "./errors.ts";
import { check, create, diff, invoke, read, remove, update } from "./operations.ts";

type Handler<Request> = (request: Request) => unknown;

const unary =
    <Request>(handle: Handler<Request>) =>
    (call: { request: Request }, respond: sendUnaryData<unknown>): void => {
        void (async () => handle(call.request))().then(
            response => respond(null, response),
            (error: unknown) => respond(serviceError(error)),
        );
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
