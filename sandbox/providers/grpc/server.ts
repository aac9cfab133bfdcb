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

interface Call<Request> {
    readonly request: Request;
    getPeer(): string;
}

const REMEMBERED = 256;

/** The provider of each connection: an engine connects once per provider resource, and configures it first. */
class Connections {
    readonly #make: () => Provider;
    readonly #byPeer = new Map<string, Provider>();
    #latest: Provider;

    constructor(make: () => Provider) {
        this.#make = make;
        this.#latest = make();
    }

    /** The provider of a connection; on one that took over for a broken one, the latest. */
    of(call: Call<unknown>): Provider {
        return this.#byPeer.get(call.getPeer()) ?? this.#latest;
    }

    configure(call: Call<proto.ConfigureRequest>): void {
        const provider = this.#make();
        provider.configure(Object.fromEntries(call.request.getVariablesMap().toArray()));
        this.#byPeer.delete(call.getPeer());
        this.#byPeer.set(call.getPeer(), provider);
        this.#latest = provider;
        const [oldest] = this.#byPeer.keys();
        if (this.#byPeer.size > REMEMBERED && oldest !== undefined) this.#byPeer.delete(oldest);
    }
}

const unary =
    <Request>(handle: (call: Call<Request>) => unknown) =>
    (call: Call<Request>, respond: sendUnaryData<unknown>): void => {
        void (async () => handle(call))().then(
            response => respond(null, response),
            (error: unknown) => respond(serviceError(error)),
        );
    };

const configured = (): proto.ConfigureResponse => {
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
};

const checkConfig = ({ request }: Call<proto.CheckRequest>): proto.CheckResponse => {
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
const implementation = (connections: Connections): UntypedServiceImplementation => {
    const operation = <Request>(operate: (provider: Provider, request: Request) => unknown) =>
        unary((call: Call<Request>) => operate(connections.of(call), call.request));
    return {
        attach: unary(() => new empties.Empty()),
        cancel: operation(provider => {
            provider.cancel();
            return new empties.Empty();
        }),
        check: operation(check),
        checkConfig: unary(checkConfig),
        configure: unary((call: Call<proto.ConfigureRequest>) => {
            connections.configure(call);
            return configured();
        }),
        create: operation(create),
        delete: operation(remove),
        diff: operation(diff),
        diffConfig: unary(() => new messages.DiffResponse()),
        getPluginInfo: operation(provider => pluginInfo(provider.version)),
        getSchema: unary(schema),
        invoke: operation(invoke),
        read: operation(read),
        update: operation(update),
    };
};

/** A listening provider. */
export interface Listener {
    readonly port: number;
    close(): Promise<void>;
}

const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves a provider, made anew for each connection that configures it, to engines on a free loopback port. */
export const listen = async (make: () => Provider): Promise<Listener> => {
    const server = new grpc.Server(UNLIMITED);
    server.addService(services.ResourceProviderService, implementation(new Connections(make)));
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
