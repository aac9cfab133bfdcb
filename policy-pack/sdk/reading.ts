import { lazily } from "../lazily.ts";
import { inner } from "./inner.ts";

type Properties = Record<string, unknown>;

interface Deserializer {
    deserializeProperties?: (given: object, proxySecrets: boolean) => Properties;
}

/**
 * Lets the host make plain data of a resource once, not once for each policy, and for remediation when a policy first looks
 * at it. Policies of this pack leave the data as it is. Without the place that this takes hold of, the host does what it
 * does for every pack.
 * Source: makeAnalyzeRpcFun, makeAnalyzeStackRpcFun and makeRemediateRpcFun, which alone keeps secrets, in
 * @pulumi/policy/server.js
 * @returns whether the place was there
 */
export const readEachResourceOnce = (): boolean => {
    const deserializer = inner<Deserializer>("@pulumi/policy/deserialize.js");
    const once = deserializer.deserializeProperties;
    if (typeof once !== "function" || once.length !== 2) return false;
    const known = new WeakMap<object, Properties>();
    deserializer.deserializeProperties = (given, proxySecrets) => {
        if (proxySecrets) return lazily(() => once(given, proxySecrets));
        const properties = known.get(given) ?? once(given, proxySecrets);
        known.set(given, properties);
        return properties;
    };
    return true;
};

interface Services {
    readonly AnalyzerService?: { readonly remediate?: { requestDeserialize?: (bytes: Uint8Array) => object } };
}

/**
 * Leaves unread what the engine asks to have mended, while nothing is: it asks so of each resource and waits for the
 * answer. The host is then given the first request again.
 * Source: makeRemediateRpcFun in @pulumi/policy/server.js, whose answer hangs on the request at the level `remediate` alone
 * @returns whether the place was there
 */
export const leaveUnread = (mends: () => boolean): boolean => {
    const { remediate } = inner<Services>("@pulumi/pulumi/proto/analyzer_grpc_pb.js").AnalyzerService ?? {};
    const read = remediate?.requestDeserialize;
    if (remediate === undefined || read === undefined) return false;
    let first: object | undefined;
    remediate.requestDeserialize = bytes => (mends() ? read(bytes) : (first ??= read(bytes)));
    return true;
};
