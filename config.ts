import { Config, type Output, runtime } from "@pulumi/pulumi";
import type { DateTime } from "luxon";
import { didYouMean } from "./access/name.ts";
import type { Declaration } from "./config/declaration.ts";
import { declare } from "./config/declare.ts";
import { type Path, Problems } from "./config/problems.ts";
import { groupSchema, subscriptionSchema, WORKLOAD_NAME, workloadSchema } from "./config/raw.ts";
import { reportIssues } from "./config/schema-issues.ts";

const NAMESPACE = "leastwise";
const KEYS = ["subscription", "workloads", "groups"];

/** A stack's configuration as Pulumi hands it over. */
export interface StackConfig {
    /** All of it by full name, `leastwise:workloads`; structured values as JSON. */
    readonly values: Readonly<Record<string, string>>;
    readonly isSecret: (key: string) => boolean;
}

export interface ReadOptions {
    /** The folder that runbook files are in. */
    readonly folder: string;
    readonly now: DateTime;
    readonly env: NodeJS.ProcessEnv;
}

type Schema = typeof workloadSchema | typeof groupSchema;

const parseJson = (text: string): unknown => {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        throw new Error(`got '${text}'; expected an object`);
    }
};

const readMap = <S extends Schema>(
    problems: Problems,
    config: StackConfig,
    key: string,
    schema: S,
): Map<string, ReturnType<S["parse"]>> => {
    const text = config.values[`${NAMESPACE}:${key}`];
    const value = text === undefined ? {} : problems.at([key], () => parseJson(text));
    const read = new Map<string, ReturnType<S["parse"]>>();
    if (value === undefined) return read;
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
        problems.add([key], `got ${JSON.stringify(value)}; expected an object, a name each`);
        return read;
    }
    for (const [name, raw] of Object.entries(value)) {
        const parsed = schema.safeParse(raw);
        if (parsed.success) read.set(name, parsed.data as ReturnType<S["parse"]>);
        else reportIssues(problems, [key, name], raw, schema, parsed.error.issues);
    }
    return read;
};

const readSubscription = (problems: Problems, { values }: StackConfig, env: NodeJS.ProcessEnv): string => {
    const given =
        values[`${NAMESPACE}:subscription`] ?? values["azure-native:subscriptionId"] ?? env["ARM_SUBSCRIPTION_ID"];
    if (!given) {
        problems.add(
            ["subscription"],
            "is missing; expected a subscription id here, as azure-native:subscriptionId or in ARM_SUBSCRIPTION_ID",
        );
        return "";
    }
    const parsed = subscriptionSchema.safeParse(given);
    if (!parsed.success) problems.add(["subscription"], parsed.error.issues[0]?.message ?? "");
    return given;
};

const ownKeys = ({ values }: StackConfig): string[] =>
    Object.keys(values)
        .filter(key => key.startsWith(`${NAMESPACE}:`))
        .map(key => key.slice(NAMESPACE.length + 1));

/** Names of secrets that some variable names; any other key of ours is a misspelled one. */
const secretsNamed = (value: unknown): string[] => {
    if (value === null || typeof value !== "object") return [];
    const own = "secret" in value && typeof value.secret === "string" ? [value.secret] : [];
    return [...own, ...Object.values(value).flatMap(secretsNamed)];
};

const reportKeys = (problems: Problems, config: StackConfig, named: readonly string[]): void => {
    for (const key of ownKeys(config)) {
        if (KEYS.includes(key) || named.includes(key)) continue;
        const hint =
            didYouMean(key, [...KEYS, ...named]) ||
            `; expected one of ${KEYS.join(", ")}, or a secret that a variable names`;
        problems.add([key], `unknown key${hint}`);
    }
    for (const key of KEYS.filter(name => config.isSecret(`${NAMESPACE}:${name}`))) {
        problems.add(
            [key],
            "holds a secret, which would be in plain text in the resources; give the secret a key of its own and name it with 'secret'",
        );
    }
};

/**
 * Reads a stack's configuration into what is to be deployed.
 * @throws one Error that names every place that is wrong, the value got, what was expected, and the nearest match.
 */
export const readDeclaration = (config: StackConfig, { folder, now, env }: ReadOptions): Declaration => {
    const problems = new Problems();
    const workloads = readMap(problems, config, "workloads", workloadSchema);
    const groups = readMap(problems, config, "groups", groupSchema);
    const secretKeys = ownKeys(config).filter(key => config.isSecret(`${NAMESPACE}:${key}`));
    for (const name of workloads.keys()) {
        const path: Path = ["workloads", name];
        if (!WORKLOAD_NAME.test(name))
            problems.add(
                path,
                `'${name}' is no name for a workload; expected 1 to 63 letters, digits or -, first a letter`,
            );
    }
    reportKeys(problems, config, secretsNamed([...workloads.values()]));
    const sources = {
        subscription: readSubscription(problems, config, env),
        location: config.values["azure-native:location"],
        workloads,
        groups,
        secrets: { has: (key: string) => secretKeys.includes(key), hint: (key: string) => didYouMean(key, secretKeys) },
        folder,
        now,
    };
    return declare(sources, problems);
};

/** Exported by the SDK, but missing from its types. */
const { isConfigSecret } = runtime as unknown as { isConfigSecret: (key: string) => boolean };

/** The configuration of the stack that is running. */
export const stackConfig = (): StackConfig => ({ values: runtime.allConfig(), isSecret: isConfigSecret });

/** A secret of the stack that is running. */
export const secretOf = (key: string): Output<string> => new Config(NAMESPACE).requireSecret(key);
