import * as proxy from "@pulumi/policy/proxy.js";
import type { GivenResource } from "../policy-pack/adapter/resource.ts";
import { PlainResource } from "../policy-pack/adapter/resource.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { STACK_URN, SUBSCRIPTION_SCOPE, UNKNOWN } from "./policy-support.ts";

const { unknownCheckingProxy } = proxy as unknown as {
    unknownCheckingProxy: (props: object) => Record<string, unknown>;
};

/** An output of another resource, as a program hands it on. */
export class Ref {
    readonly of: Made;
    readonly output: string;

    constructor(of: Made, output: string) {
        this.of = of;
        this.output = output;
    }
}

/** A resource of a program: what it is declared with, and what the cloud makes of it. */
export interface Made {
    readonly type: string;
    readonly name: string;
    /** Id in the cloud. */
    readonly id: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** What the cloud adds. Output `id` is always there. */
    readonly outputs?: Readonly<Record<string, unknown>>;
    readonly parent?: Made;
}

export const urnOfMade = ({ type, name }: Made): string => `${STACK_URN}${type}::${name}`;

export const GUID = (seed: number): string => `00000000-0000-4000-8000-${String(seed).padStart(12, "0")}`;

const refsIn = (value: unknown): readonly Ref[] => {
    if (value instanceof Ref) return [value];
    return value !== null && typeof value === "object" ? Object.values(value).flatMap(refsIn) : [];
};

const at = (made: Made, path: string): unknown =>
    path
        .split(".")
        .reduce<unknown>(
            (value, key) => (value !== null && typeof value === "object" ? Reflect.get(value, key) : undefined),
            { id: made.id, ...made.inputs, ...made.outputs },
        );

/** A value with each reference in place, unknown where the resource that it refers to is. */
const rendered = (value: unknown, isUnknown: (made: Made) => boolean): unknown => {
    if (value instanceof Ref) return isUnknown(value.of) ? UNKNOWN : rendered(at(value.of, value.output), isUnknown);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(part => rendered(part, isUnknown));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rendered(part, isUnknown)]));
};

const dependencies = (made: Made): Record<string, readonly Made[]> =>
    Object.fromEntries(Object.entries(made.inputs).map(([key, value]) => [key, refsIn(value).map(({ of }) => of)]));

const unknownOutputs = (outputs: Made["outputs"]): Record<string, unknown> =>
    Object.fromEntries(Object.keys(outputs ?? {}).map(key => [key, UNKNOWN]));

/** A program as a preview shows it to a policy: of the resources that are still to be made, no output is known. */
export const asPlan = (program: readonly Made[], isUnknown: (made: Made) => boolean): readonly PlainResource[] => {
    const given = new Map<Made, GivenResource>();
    const inputs = new Map<string, Record<string, unknown>>();
    for (const made of program) {
        const props = rendered(made.inputs, isUnknown) as Record<string, unknown>;
        const outputs = isUnknown(made)
            ? unknownOutputs(made.outputs)
            : (rendered(made.outputs ?? {}, isUnknown) as object);
        inputs.set(urnOfMade(made), unknownCheckingProxy(props));
        given.set(made, {
            urn: urnOfMade(made),
            type: made.type,
            name: made.name,
            props: unknownCheckingProxy({ ...props, ...outputs }),
            propertyDependencies: Object.fromEntries(
                Object.entries(dependencies(made)).map(([key, list]) => [
                    key,
                    list.flatMap(each => given.get(each) ?? []),
                ]),
            ),
            ...(made.parent && given.has(made.parent) && { parent: given.get(made.parent) as GivenResource }),
        });
    }
    return [...given.values()].map(each => new PlainResource(each, inputs));
};

/** A program as the state has it once it is deployed, read from what `pulumi stack export` writes. */
export const asState = (program: readonly Made[]): readonly PlainResource[] => {
    const resources = program.map(made => ({
        urn: urnOfMade(made),
        custom: true,
        id: made.id,
        type: made.type,
        inputs: rendered(made.inputs, () => false),
        outputs: {
            ...(rendered(made.inputs, () => false) as object),
            ...(rendered(made.outputs ?? {}, () => false) as object),
        },
        propertyDependencies: Object.fromEntries(
            Object.entries(dependencies(made)).map(([key, list]) => [key, list.map(urnOfMade)]),
        ),
        ...(made.parent && { parent: urnOfMade(made.parent) }),
    }));
    return resourcesOfState(JSON.parse(JSON.stringify({ version: 3, deployment: { resources } })));
};

const armId = (group: Made, path: string): string => `${group.id}/providers/${path}`;

export const group = (name: string): Made => ({
    type: "azure-native:resources:ResourceGroup",
    name,
    id: `${SUBSCRIPTION_SCOPE}/resourceGroups/rg-${name}`,
    inputs: { resourceGroupName: `rg-${name}`, location: "westeurope" },
    outputs: { name: `rg-${name}`, type: "Microsoft.Resources/resourceGroups" },
});

export const identity = (name: string, within: Made, seed: number): Made => ({
    type: "azure-native:managedidentity/v20230131:UserAssignedIdentity",
    name,
    id: armId(within, `Microsoft.ManagedIdentity/userAssignedIdentities/id-${name}`),
    inputs: { resourceGroupName: new Ref(within, "name"), resourceName: `id-${name}` },
    outputs: {
        name: `id-${name}`,
        principalId: GUID(seed),
        clientId: GUID(seed + 500_000),
        type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    },
});

export const classicIdentity = (name: string, within: Made, seed: number): Made => ({
    type: "azure:authorization/userAssignedIdentity:UserAssignedIdentity",
    name,
    id: armId(within, `Microsoft.ManagedIdentity/userAssignedIdentities/id-${name}`),
    inputs: { resourceGroupName: new Ref(within, "name"), name: `id-${name}` },
    outputs: { principalId: GUID(seed), clientId: GUID(seed + 500_000) },
});

/** An account that acts as itself, and as the identities that are attached to it. */
export const account = (name: string, within: Made, seed: number, attached: readonly Made[] = []): Made => {
    const type = attached.length > 0 ? "SystemAssigned, UserAssigned" : "SystemAssigned";
    return {
        type: "azure-native:automation:AutomationAccount",
        name,
        id: armId(within, `Microsoft.Automation/automationAccounts/aa-${name}`),
        inputs: {
            resourceGroupName: new Ref(within, "name"),
            automationAccountName: `aa-${name}`,
            identity: { type, userAssignedIdentities: attached.map(each => new Ref(each, "id")) },
        },
        outputs: {
            name: `aa-${name}`,
            type: "Microsoft.Automation/automationAccounts",
            identity: {
                type,
                principalId: GUID(seed),
                userAssignedIdentities: Object.fromEntries(
                    attached.map(each => [each.id, { principalId: at(each, "principalId") }]),
                ),
            },
        },
    };
};

export const application = (name: string, seed: number): Made => ({
    type: "azuread:index/application:Application",
    name,
    id: `/applications/${GUID(seed)}`,
    inputs: { displayName: name },
    outputs: { objectId: GUID(seed), clientId: GUID(seed + 500_000) },
});

export const servicePrincipal = (name: string, of: Made, seed: number): Made => ({
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name,
    id: `/servicePrincipals/${GUID(seed)}`,
    inputs: { clientId: new Ref(of, "clientId") },
    outputs: { objectId: GUID(seed), displayName: name },
});

export const directoryGroup = (name: string, seed: number, members: readonly Made[] = []): Made => ({
    type: "azuread:index/group:Group",
    name,
    id: `/groups/${GUID(seed)}`,
    inputs: { displayName: name, members: members.map(each => principalRef(each)) },
    outputs: { objectId: GUID(seed) },
});

/** The output by which a right names a principal. */
export const principalRef = (made: Made): Ref => {
    if (made.type.includes("automation")) return new Ref(made, "identity.principalId");
    return new Ref(made, made.type.startsWith("azuread:") ? "objectId" : "principalId");
};
