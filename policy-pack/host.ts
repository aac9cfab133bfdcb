import type { EnforcementLevel } from "@pulumi/policy";
import deserialize from "@pulumi/policy/deserialize.js";
import protocol from "@pulumi/policy/protoutil.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";

/** What the engine configures one policy with, defaults filled in. */
export interface PolicyConfiguration {
    readonly level: EnforcementLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

type Configurations = ReadonlyMap<string, PolicyConfiguration>;

interface Struct {
    toJavaScript(): Record<string, unknown>;
}

type Deserialize = (given: Struct, proxySecrets: boolean) => Record<string, unknown>;

interface PolicyConfigs {
    entries(): Iterable<readonly [string, { getEnforcementlevel(): number; getProperties(): Struct }]>;
}

/** The parts of the policy SDK's host that its declarations keep back. */
interface Host {
    readonly deserialize: { deserializeProperties: Deserialize };
    readonly protocol: { convertEnforcementLevel(level: number): EnforcementLevel };
    readonly request: { deserializeBinary(bytes: Uint8Array): { getPolicyconfigMap(): PolicyConfigs } };
}

const sdk = {
    deserialize,
    protocol,
    request: (analyzer as unknown as { ConfigureAnalyzerRequest: object }).ConfigureAnalyzerRequest,
} as unknown as Host;

/**
 * Lets the host make plain data of a resource once, not once for each policy, and not at all for remediation where no
 * policy remediates. Policies of this pack leave the data as it is.
 * Source: makeAnalyzeRpcFun, makeAnalyzeStackRpcFun and makeRemediateRpcFun, which alone keeps secrets, in
 * @pulumi/policy/server.js
 */
export const readEachResourceOnce = (remediates: () => boolean): void => {
    const once = sdk.deserialize.deserializeProperties;
    const known = new WeakMap<Struct, Record<string, unknown>>();
    sdk.deserialize.deserializeProperties = (given, proxySecrets) => {
        if (proxySecrets) return remediates() ? once(given, proxySecrets) : {};
        const properties = known.get(given) ?? once(given, proxySecrets);
        known.set(given, properties);
        return properties;
    };
};

const configurationsIn = (configs: PolicyConfigs): Configurations =>
    new Map(
        [...configs.entries()].map(([name, config]) => [
            name,
            {
                level: sdk.protocol.convertEnforcementLevel(config.getEnforcementlevel()),
                properties: config.getProperties().toJavaScript(),
            },
        ]),
    );

/**
 * Shows the pack its whole configuration before anything is judged: the host shows each policy its own alone, and
 * settings for policies that do not exist to none. What the pack throws then stops the deployment.
 * Source: configure in @pulumi/policy/server.js, which asks the request for it once
 */
export const onConfiguration = (take: (given: Configurations) => void): void => {
    const read = sdk.request.deserializeBinary.bind(sdk.request);
    sdk.request.deserializeBinary = bytes => {
        const request = read(bytes);
        const configs = request.getPolicyconfigMap();
        request.getPolicyconfigMap = () => {
            take(configurationsIn(configs));
            return configs;
        };
        return request;
    };
};
