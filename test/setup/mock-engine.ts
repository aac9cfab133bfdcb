import { setTimeout as sleep } from "node:timers/promises";
import { runtime } from "@pulumi/pulumi";

/** A resource as a program asked for it. */
export interface Asked {
    readonly type: string;
    readonly name: string;
    /** Inputs; `UNKNOWN` stands for one that is not known at preview. */
    readonly inputs: Record<string, unknown>;
}

export interface MockOptions {
    /** Nothing exists yet: what Azure works out is unknown. */
    readonly preview?: boolean;
    /** Outputs that Azure works out, by resource type. */
    readonly outputs?: Readonly<Record<string, Record<string, unknown>>>;
    /** Answers of functions, by token. */
    readonly answers?: Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>>;
    /** The stack's configuration by full name. */
    readonly config?: Readonly<Record<string, string>>;
    readonly project?: string;
    readonly stack?: string;
}

export interface Recorded {
    readonly asked: readonly Asked[];
    /** Tokens of the functions called. */
    readonly calls: readonly string[];
    /** How many resources of one type were in the making at once, at most. */
    readonly atOnce: Readonly<Record<string, number>>;
}

/** The principal of every identity that a mock makes. */
export const PRINCIPAL = "11111111-aaaa-4aaa-8aaa-111111111111";

const OUTPUTS: MockOptions["outputs"] = {
    "azure-native:managedidentity:UserAssignedIdentity": {
        principalId: PRINCIPAL,
        clientId: "22222222-aaaa-4aaa-8aaa-222222222222",
    },
    "azure-native:automation:AutomationAccount": { identity: { type: "SystemAssigned", principalId: PRINCIPAL } },
    "azure-native:web:WebApp": { identity: { type: "SystemAssigned", principalId: PRINCIPAL } },
    "azure-native:storage:StorageAccount": { primaryEndpoints: { blob: "https://stexample.blob.core.windows.net/" } },
};

/** The input that an output `name` repeats. */
const NAMED_BY: Readonly<Record<string, string>> = {
    "azure-native:managedidentity:UserAssignedIdentity": "resourceName",
    "azure-native:automation:AutomationAccount": "automationAccountName",
    "azure-native:automation:RuntimeEnvironment": "runtimeEnvironmentName",
    "azure-native:automation:Runbook": "runbookName",
    "azure-native:automation:Schedule": "scheduleName",
    "azure-native:storage:StorageAccount": "accountName",
    "azure-native:resources:ResourceGroup": "resourceGroupName",
};

export const UNKNOWN = "unknown at preview";

const plain = (value: unknown): unknown => {
    if (value === null || typeof value !== "object") return value;
    if ("__pulumiUnknown" in value) return UNKNOWN;
    if (Array.isArray(value)) return value.map(plain);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

const idOf = (type: string, name: string, inputs: Record<string, unknown>): string =>
    type === "azure-native:managedidentity:UserAssignedIdentity"
        ? `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${String(inputs["resourceName"])}`
        : `/id/of/${name}`;

const workedOut = (type: string, inputs: Record<string, unknown>, options: MockOptions): Record<string, unknown> => {
    const key = NAMED_BY[type];
    return { ...(key !== undefined && { name: inputs[key] }), ...OUTPUTS?.[type], ...options.outputs?.[type] };
};

/** Microsoft Graph's service principal in the tenant of the tests. */
export const GRAPH_OBJECT_ID = "99999999-aaaa-4aaa-8aaa-999999999999";

/** The answer to the look-up of an API. */
export const LOOK_UP: NonNullable<MockOptions["answers"]> = {
    "azuread:index/getServicePrincipal:getServicePrincipal": () => ({
        objectId: GRAPH_OBJECT_ID,
        clientId: "00000003-0000-0000-c000-000000000000",
        displayName: "Found API",
        appRoleIds: { "Orders.Read": "77777777-aaaa-4aaa-8aaa-777777777777" },
    }),
};

/** The resources of an azuread or azure-native type, by the end of its name. */
export const ofType = ({ asked }: Recorded, end: string): readonly Asked[] =>
    asked.filter(({ type }) => type.endsWith(`:${end}`));

/** Types and names, in the order of names: the whole list of what a program makes. */
export const listed = ({ asked }: Recorded): string[] => asked.map(({ type, name }) => `${type} ${name}`).sort();

/** Runs part of a program against a mock of the engine, and waits until all of it is registered. */
export const record = async (program: () => unknown, options: MockOptions = {}): Promise<Recorded> => {
    const { preview = false, answers = {}, project = "project", stack = "stack" } = options;
    const asked: Asked[] = [];
    const calls: string[] = [];
    const making: Record<string, number> = {};
    const atOnce: Record<string, number> = {};
    await runtime.setMocks(
        {
            newResource: async ({ type, name, inputs }) => {
                asked.push({ type, name, inputs: plain(inputs) as Record<string, unknown> });
                making[type] = (making[type] ?? 0) + 1;
                atOnce[type] = Math.max(atOnce[type] ?? 0, making[type]);
                await sleep(1);
                making[type]--;
                if (preview) return { id: undefined, state: inputs };
                return { id: idOf(type, name, inputs), state: { ...inputs, ...workedOut(type, inputs, options) } };
            },
            call: ({ token, inputs }) => {
                calls.push(token);
                const answer = answers[token];
                if (!answer) throw new Error(`the test has no answer for ${token}`);
                return answer(inputs);
            },
        },
        project,
        stack,
        preview,
    );
    runtime.setAllConfig({ ...options.config });
    await runtime.runInPulumiStack(async () => {
        await program();
    });
    await runtime.disconnect();
    return { asked: asked.filter(({ type }) => type !== "pulumi:pulumi:Stack"), calls, atOnce };
};
