import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as proxy from "@pulumi/policy/proxy.js";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import type { EnforcementLevel, PolicyPackConfig, PolicyResource, PolicyResourceOptions } from "@pulumi/policy";
import { Pack } from "../policy-pack/pack.ts";
import { policyOf } from "../policy-pack/policy.ts";
import type { Rule } from "../policy-pack/rule.ts";
import { Run } from "../policy-pack/run.ts";

/** What the engine's host wraps properties in, so that reading an unknown one throws; its declaration is kept back. */
const { unknownCheckingProxy } = proxy as unknown as {
    unknownCheckingProxy: (props: object) => Record<string, unknown>;
};

/** A value that a preview does not know, as the engine sends it. */
export const UNKNOWN: string = unknownValue;

export const NOW = new Date("2026-03-04T05:06:07Z");
export const STACK_URN = "urn:pulumi:dev::project::";

/** A resource as a program declares it. */
export interface Declared {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** The resources that the values of a property come from. */
    readonly links?: Readonly<Record<string, readonly Declared[]>>;
    /** The component that it is a child of. */
    readonly parent?: Declared;
}

export const urnOf = ({ type, name }: Declared): string => `${STACK_URN}${type}::${name}`;

const OPTIONS: PolicyResourceOptions = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
};

const notApplicable = (): never => assert.fail("a rule of the pack applies to every resource");

const given = (declared: Declared) => ({
    urn: urnOf(declared),
    type: declared.type,
    name: declared.name,
    props: unknownCheckingProxy(declared.props),
    opts: OPTIONS,
    stackTags: new Map<string, string>(),
    isType: () => false,
    asType: () => undefined,
    notApplicable,
});

/** A resource as a stack policy is shown it. */
export const stackResource = (declared: Declared): PolicyResource => ({
    ...given(declared),
    ...(declared.parent && { parent: stackResource(declared.parent) }),
    dependencies: [],
    propertyDependencies: Object.fromEntries(
        Object.entries(declared.links ?? {}).map(([key, links]) => [key, links.map(stackResource)]),
    ),
});

/** Resources of a stack that are the same ones in the links of others. */
const linked = (stack: readonly Declared[]): PolicyResource[] => {
    const made = new Map<string, PolicyResource>();
    for (const declared of stack) {
        const links = Object.entries(declared.links ?? {}).map(([key, each]): [string, PolicyResource[]] => [
            key,
            each.flatMap(link => made.get(urnOf(link)) ?? []),
        ]);
        const resource = {
            ...stackResource({ ...declared, links: {} }),
            propertyDependencies: Object.fromEntries(links),
        };
        made.set(urnOf(declared), resource);
    }
    return [...made.values()];
};

export type Config = Readonly<Record<string, unknown>>;

/** What a rule says of each resource by itself, before it is created or changed: `name: message`. */
export const resourceFindings = (rule: Rule, stack: readonly Declared[], config: Config = {}, now = NOW): string[] => {
    const policy = policyOf(rule, new Run(), () => now);
    const found: string[] = [];
    for (const declared of stack) {
        const args = { ...given(declared), getConfig: <T extends object>() => config as T };
        assert.ok(typeof policy.validateResource === "function");
        void policy.validateResource(args, message => found.push(`${declared.name}: ${message}`));
    }
    return found.sort();
};

/** The properties that a rule makes of a resource where its level is `remediate`; undefined where it leaves it alone. */
export const remediated = (rule: Rule, declared: Declared, config: Config = {}): unknown => {
    const { remediateResource } = policyOf(rule, new Run(), () => NOW);
    assert.ok(remediateResource, `${rule.name} mends nothing`);
    const args = { ...given(declared), getConfig: <T extends object>() => config as T };
    const found = remediateResource({ ...args, props: unknownCheckingProxy({ ...declared.props }) });
    return found === undefined ? undefined : Reflect.get(found as object, "__getSpecialProxyTarget");
};

/** What a rule says of a whole stack: `name: message`. */
export const stackFindings = (rule: Rule, stack: readonly Declared[], config: Config = {}, now = NOW): string[] => {
    const found: string[] = [];
    const args = {
        resources: stack.map(stackResource),
        stackTags: new Map<string, string>(),
        getConfig: <T extends object>() => config as T,
        notApplicable,
    };
    void policyOf(rule, new Run(), () => now).validateStack(args, (message, urn) =>
        found.push(`${urn?.split("::").at(-1) ?? "stack"}: ${message}`),
    );
    return found.sort();
};

export interface PackCall {
    readonly accessFile?: string;
    readonly levels?: Readonly<Record<string, EnforcementLevel>>;
}

/** What the stack halves of all rules that are not disabled say of a stack, as the policy SDK runs them. */
export const packFindings = (
    stack: readonly Declared[],
    { accessFile, levels = {} }: PackCall = {},
): readonly { readonly rule: string; readonly message: string }[] => {
    const pack = new Pack({ clock: () => NOW, accessFile });
    pack.configure(new Map(Object.entries(levels).map(([rule, level]) => [rule, { level, properties: {} }])));
    const found: { rule: string; message: string }[] = [];
    for (const { name, validateStack } of pack.policies.filter(({ name }) => levels[name] !== "disabled")) {
        const args = {
            resources: stack.map(stackResource),
            stackTags: new Map<string, string>(),
            getConfig: <T extends object>() => ({}) as T,
            notApplicable,
        };
        void validateStack(args, message => found.push({ rule: name, message }));
    }
    return found;
};

/** What the pack says of a stack at its first preview, both halves, as the policy SDK runs them. */
export const judgePlan = (
    stack: readonly Declared[],
    config: PolicyPackConfig,
): readonly {
    readonly rule: string;
    readonly urn: string;
    readonly mandatory: boolean;
    readonly message: string;
}[] => {
    const pack = new Pack({ clock: () => NOW });
    const found: { rule: string; urn: string; mandatory: boolean; message: string }[] = [];
    const policies = pack.policies.map(policy => {
        const { enforcementLevel = "mandatory", ...options } = (config[policy.name] ?? {}) as {
            enforcementLevel?: string;
        };
        return { policy, enforcementLevel, getConfig: <T extends object>() => options as T };
    });
    const enabled = policies.filter(({ enforcementLevel }) => enforcementLevel !== "disabled");
    for (const declared of stack)
        for (const { policy, enforcementLevel, getConfig } of enabled) {
            assert.ok(typeof policy.validateResource === "function");
            const report = (message: string): void => {
                const mandatory = enforcementLevel === "mandatory";
                found.push({ rule: policy.name, urn: urnOf(declared), mandatory, message });
            };
            void policy.validateResource({ ...given(declared), getConfig }, report);
        }
    const resources = linked(stack);
    for (const { policy, enforcementLevel, getConfig } of enabled) {
        const report = (message: string, urn = ""): void => {
            found.push({ rule: policy.name, urn, mandatory: enforcementLevel === "mandatory", message });
        };
        void policy.validateStack({ resources, stackTags: new Map(), getConfig, notApplicable }, report);
    }
    return found;
};

/** One stack, and what a rule says of it. */
export interface RuleCase {
    /** What is so, as a fact. */
    readonly fact: string;
    readonly stack: readonly Declared[];
    readonly config?: Config;
    /** @default - nothing */
    readonly finds?: readonly string[];
    /** Findings of the resource half alone, where it cannot see what the stack half sees. @default - as `finds` */
    readonly findsOnResource?: readonly string[];
}

const outcomeOf = (rule: Rule, { stack, config }: RuleCase) => ({
    stack: stackFindings(rule, stack, config),
    resource: resourceFindings(rule, stack, config),
});

const expectedOf = ({ finds = [], findsOnResource = finds }: RuleCase) => ({
    stack: [...finds].sort(),
    resource: [...findsOnResource].sort(),
});

let recorded: Map<string, RuleCase[]> | undefined;

/** Tests a rule, both halves of it, on stacks. */
export const testRule = (rule: Rule, cases: readonly RuleCase[]): void => {
    recorded?.set(rule.name, [...(recorded.get(rule.name) ?? []), ...cases]);
    describe(`rule ${rule.name}`, () => {
        for (const each of cases) it(each.fact, () => assert.deepEqual(outcomeOf(rule, each), expectedOf(each)));
    });
};

/** The cases that test files give their rules while they are loaded, by rule. The tests themselves are not made. */
export const recordCases = async (load: () => Promise<void>): Promise<ReadonlyMap<string, readonly RuleCase[]>> => {
    const cases = new Map<string, RuleCase[]>();
    const mochas = globalThis.describe;
    recorded = cases;
    globalThis.describe = Object.assign(() => undefined, mochas) as unknown as typeof mochas;
    try {
        await load();
    } finally {
        globalThis.describe = mochas;
        recorded = undefined;
    }
    return cases;
};

/** How many cases of a rule do not hold, with or without its check. */
export const failuresOf = (rule: Rule, cases: readonly RuleCase[], check = rule.check): number =>
    cases.filter(each => !isDeepStrictEqual(outcomeOf({ ...rule, check }, each), expectedOf(each))).length;

export const AZURE_ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

export const GROUP: Declared = {
    type: "azure-native:resources:ResourceGroup",
    name: "group",
    props: { resourceGroupName: "rg-a" },
};

export const SUBSCRIPTION_SCOPE = "/subscriptions/aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";
export const GROUP_SCOPE = `${SUBSCRIPTION_SCOPE}/resourceGroups/rg-a`;
