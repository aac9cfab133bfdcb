import { createRequire } from "node:module";

interface ClientOptions {
    readonly grpcClientOptions: Record<string, unknown>;
}

const require = createRequire(import.meta.url);

/**
 * Gives each connection of the SDK to an engine a channel of its own. gRPC shares what it knows of an address among all
 * channels of a process, and the SDK leaves those of an inline program open: an engine that is given the port of one that
 * ended would be taken for dead, and the operation fail with "14 UNAVAILABLE: No connection established".
 * https://grpc.github.io/grpc/core/group__grpc__arg__keys.html (GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL)
 * @returns the options that the SDK connects with
 */
export const separateChannels = (): Readonly<Record<string, unknown>> => {
    const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings.js") as ClientOptions;
    grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
    return grpcClientOptions;
};
