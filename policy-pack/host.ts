import { createRequire } from "node:module";
import type { EnforcementLevel, Policy, ReportViolation } from "@pulumi/policy";
import { lazily } from "./lazily.ts";

/** What the engine configures one policy with, defaults filled in. */
export interface PolicyConfiguration {
    readonly level: EnforcementLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

type Configurations = ReadonlyMap<string, PolicyConfiguration>;
type Properties = Record<string, unknown>;

interface Struct {
    toJavaScript(): Properties;
}

interface PolicyConfigs {
    entries(): Iterable<readonly [string, { getEnforcementlevel(): number; getProperties(): Struct }]>;
}

interface Deserializer {
    deserializeProperties?: (given: Struct, proxySecrets: boolean) => Properties;
}

interface Messages {
    readonly ConfigureAnalyzerRequest?: {
        deserializeBinary?: (bytes: Uint8Array) => { getPolicyconfigMap?: () => PolicyConfigs };
    };
    readonly EnforcementLevel?: Readonly<Record<string, number>>;
}

const GONE = ["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"];
const load = createRequire(import.meta.url);

/** A module that the SDKs do not declare; nothing where their version has none of that name. */
const inner = <T extends object>(name: string): Partial<T> => {
    try {
        return load(name) as T;
    } catch (error) {
        if (GONE.includes((error as NodeJS.ErrnoException).code ?? "")) return {};
        throw error;
    }
};

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
    const known = new WeakMap<Struct, Properties>();
    deserializer.deserializeProperties = (given, proxySecrets) => {
        if (proxySecrets) return lazily(() => once(given, proxySecrets));
        const properties = known.get(given) ?? once(given, proxySecrets);
        known.set(given, properties);
        return properties;
    };
    return true;
};

const configurationsIn = (configs: PolicyConfigs, levels: Readonly<Record<string, number>>): Configurations => {
    const names = new Map(Object.entries(levels).map(([name, level]) => [level, name.toLowerCase()]));
    return new Map(
        [...configs.entries()].map(([name, config]) => [
            name,
            {
                level: names.get(config.getEnforcementlevel()) as EnforcementLevel,
                properties: config.getProperties().toJavaScript(),
            },
        ]),
    );
};

/** The host tells the trace of an error, not its words: here the words are for who wrote the configuration. */
const withoutTrace = (run: () => void): void => {
    try {
        run();
    } catch (error) {
        throw Object.assign(error as Error, { stack: (error as Error).message });
    }
};

/**
 * Shows the pack its whole configuration before anything is judged: the host shows each policy its own alone, and
 * settings for policies that do not exist to none. What the pack throws then stops the deployment.
 * Source: configure in @pulumi/policy/server.js, which asks the request for it once
 * @returns whether the place was there
 */
export const onConfiguration = (take: (given: Configurations) => void): boolean => {
    const { ConfigureAnalyzerRequest: type, EnforcementLevel: levels } = inner<Messages>(
        "@pulumi/pulumi/proto/analyzer_pb.js",
    );
    const read = type?.deserializeBinary?.bind(type);
    if (type === undefined || read === undefined || levels === undefined) return false;
    type.deserializeBinary = bytes => {
        const request = read(bytes);
        const configs = request.getPolicyconfigMap?.();
        if (configs !== undefined)
            request.getPolicyconfigMap = () => {
                withoutTrace(() => take(configurationsIn(configs, levels)));
                return configs;
            };
        return request;
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

/** The version of the policy SDK that the pack's package.json names, whose own code was read for `reportAs`. */
export const READ_SDK = "1.21.0";

/** Whether `reportAs` is sure to be understood: what another version did not could be a finding at a lower level. */
export const takesReportsForOthers = (): boolean =>
    inner<{ readonly version: string }>("@pulumi/policy/version.js").version === READ_SDK;

type ReportObject = (violation: {
    readonly name: string;
    readonly message: string;
    readonly description: string;
    readonly urn: string | undefined;
    readonly enforcementLevel: EnforcementLevel;
    readonly severity: Policy["severity"];
}) => void;

/**
 * Reports what another policy than the one that is run has found, at the other's level, as the host would for the other.
 * Source: makeReportViolationFun in @pulumi/policy/server.js, which takes an object too, though its declaration keeps it back
 */
export const reportAs =
    ({ name, description, severity }: Policy, level: EnforcementLevel, report: ReportViolation): ReportViolation =>
    (message, urn) =>
        (report as unknown as ReportObject)({
            name,
            message: `${description}\n${message}`,
            description,
            urn,
            enforcementLevel: level === "remediate" ? "mandatory" : level,
            severity,
        });
