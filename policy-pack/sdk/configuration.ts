import type { EnforcementLevel } from "@pulumi/policy";
import { inner } from "./inner.ts";

/** What the engine configures one policy with, defaults filled in. */
export interface PolicyConfiguration {
    readonly level: EnforcementLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

type Configurations = ReadonlyMap<string, PolicyConfiguration>;

interface PolicyConfig {
    getEnforcementlevel(): number;
    getProperties(): { toJavaScript(): Record<string, unknown> };
}

interface PolicyConfigs {
    entries(): Iterable<readonly [string, PolicyConfig]>;
}

interface Messages {
    readonly ConfigureAnalyzerRequest?: {
        deserializeBinary?: (bytes: Uint8Array) => { getPolicyconfigMap?: () => PolicyConfigs };
    };
    readonly EnforcementLevel?: Readonly<Record<string, number>>;
}

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
