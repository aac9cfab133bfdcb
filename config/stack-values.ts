import { type Output, Config, runtime } from "@pulumi/pulumi";
import type { z } from "zod";
import { didYouMean } from "../access/name.ts";
import type { Problems } from "./problems.ts";
import { subscriptionSchema, type UnusedGrants, unusedGrantsSchema } from "./raw.ts";
import { salvage, type Salvaged } from "./salvage.ts";

const NAMESPACE = "leastwise";
const KEYS = ["subscription", "workloads", "groups", "unusedGrants", "wrappers"];

/** A stack's configuration as Pulumi hands it over. */
export interface StackConfig {
    /** All of it by full name, `leastwise:workloads`; structured values as JSON. */
    readonly values: Readonly<Record<string, string>>;
    readonly isSecret: (key: string) => boolean;
}

const parseJson = (text: string): unknown => {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        throw new Error(`got '${text}'; expected an object`);
    }
};

const mapAt = (problems: Problems, { values }: StackConfig, key: string): Readonly<Record<string, unknown>> => {
    const text = values[`${NAMESPACE}:${key}`];
    const value = text === undefined ? {} : problems.at([key], () => parseJson(text));
    if (value === undefined) return {};
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
    problems.add([key], `got ${JSON.stringify(value)}; expected an object, a name each`);
    return {};
};

/** A value of the stack that holds things by name, each read as far as it fits its schema. */
export const readMap = <S extends z.ZodType>(
    problems: Problems,
    config: StackConfig,
    key: string,
    schema: S,
): Map<string, Salvaged<z.output<S>>> => {
    const read = new Map<string, Salvaged<z.output<S>>>();
    for (const [name, raw] of Object.entries(mapAt(problems, config, key))) {
        const salvaged = salvage(schema, raw);
        for (const { path, message } of salvaged.faults) problems.add([key, name, ...path], message);
        read.set(name, salvaged);
    }
    return read;
};

/** The subscription that everything is made in. */
export const readSubscription = (problems: Problems, { values }: StackConfig, env: NodeJS.ProcessEnv): string => {
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

/** What becomes of a right that no runbook is seen to need. */
export const readUnusedGrants = (problems: Problems, { values }: StackConfig): UnusedGrants => {
    const given = values[`${NAMESPACE}:unusedGrants`] ?? "warning";
    const parsed = unusedGrantsSchema.safeParse(given);
    if (parsed.success) return parsed.data;
    const hint = didYouMean(given, unusedGrantsSchema.options);
    problems.add(["unusedGrants"], `got '${given}'; expected ${unusedGrantsSchema.options.join(" or ")}${hint}`);
    return "warning";
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

/** Reports keys of the stack that mean nothing, and secrets where they would be in plain text. */
export const reportKeys = (problems: Problems, config: StackConfig, workloads: readonly unknown[]): void => {
    const named = workloads.flatMap(secretsNamed);
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

/** Keys of ours that hold secrets. */
export const secretKeys = (config: StackConfig): string[] =>
    ownKeys(config).filter(key => config.isSecret(`${NAMESPACE}:${key}`));

/** Exported by the SDK, but missing from its types. */
const { isConfigSecret } = runtime as unknown as { isConfigSecret: (key: string) => boolean };

/** The configuration of the stack that is running. */
export const stackConfig = (): StackConfig => ({ values: runtime.allConfig(), isSecret: isConfigSecret });

/** A secret of the stack that is running. */
export const secretOf = (key: string): Output<string> => new Config(NAMESPACE).requireSecret(key);
