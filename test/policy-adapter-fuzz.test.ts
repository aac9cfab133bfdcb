import assert from "node:assert/strict";
import * as fc from "fast-check";
import * as proxy from "@pulumi/policy/proxy.js";
import { readTokens, subjectsOf } from "../policy-pack/adapter/index.ts";
import { type GivenResource, PlainResource } from "../policy-pack/adapter/resource.ts";
import { StackDefinitions } from "../policy-pack/adapter/stack-definitions.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import type { SubjectKind } from "../policy-pack/adapter/subjects.ts";
import { GROUP_SCOPE, STACK_URN, UNKNOWN } from "./policy-support.ts";

const { unknownCheckingProxy } = proxy as unknown as {
    unknownCheckingProxy: (props: object) => Record<string, unknown>;
};

const KINDS: readonly SubjectKind[] = [
    ...(["api-grant", "automation-account", "automation-module", "automation-runtime", "automation-variable"] as const),
    ...(["automation-webhook", "azure-grant", "credential", "delegated-grant", "directory-role"] as const),
    ...(["federated-credential", "identity", "job-schedule", "role-definition", "runbook"] as const),
    ...(["service-principal", "unjudged", "vault-policy"] as const),
];

/** A type as an engine writes it. */
const typeOf = (token: string): string => token.replace(/^(azuread|azurerm|leastwise):(?=[^:]+$)/, "$1:index:");

/** Types whose rights are read elsewhere, and types that no reader knows. */
const TYPES = [
    ...readTokens().map(typeOf),
    "azure-native:resources:Deployment",
    "azure-native:cosmosdb:SqlResourceSqlRoleAssignment",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:managedservices:RegistrationAssignment",
    "azure-native:resources:ResourceGroup",
    "azure:containerservice:KubernetesCluster",
    "azure-native:web:WebApp",
    "leastwise:index:ApiGrants",
    "pulumi:pulumi:StackReference",
    "azurerm:index/constructor:constructor",
    "azuread:index/toString:toString",
    "azure:x/constructor:constructor",
    "azure-native:x:constructor",
];

const KEYS = [
    ...["accessPolicies", "addonProfiles", "apiId", "appRoleId", "appRoles", "applicationId", "audience", "audiences"],
    ...["authorizations", "delegatedRoleDefinitionIds", "eligibleAuthorizations", "registrationDefinitionId"],
    ...["automationAccountName", "claimValues", "clientId", "condition", "content", "contentLink", "description"],
    ...["directoryScopeId", "draft", "groupId", "groupObjectId", "id", "identity", "identityProfile", "issuer"],
    ...[
        "jobScheduleId",
        "keyVaultId",
        "kubeletIdentity",
        "memberObjectId",
        "members",
        "name",
        "objectId",
        "ownerObjectId",
    ],
    ...["owners", "parameters", "parentId", "password", "permissions", "policy", "principalId", "principalObjectId"],
    ...["principalType", "properties", "publishContentLink", "requestType", "resourceGroupName", "resourceName"],
    ...["resourceObjectId", "roleAssignmentName", "roleDefinitionId", "roleDefinitionName", "roleId", "roleObjectId"],
    ...["runbook", "runbookId", "runbookName", "schedule", "scope", "secretPermissions", "servicePrincipalId"],
    ...["servicePrincipalObjectId", "siteConfig", "subject", "template", "templateContent", "templateId", "type"],
    ...["userAssignedIdentities", "vaultName", "grants", "value", "__proto__", "constructor", "toString"],
];

const TEXTS = [
    ...["", "/", "*", "\u0000", "SystemAssigned, UserAssigned", "subscriptions/x", GROUP_SCOPE, "/applications/", "//"],
    ...[
        `${GROUP_SCOPE}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`,
        "__proto__",
        "constructor",
        "Owner",
        "-1",
    ],
    ...[
        "00000000-0000-0000-0000-000000000000",
        "{",
        '{"type":"Microsoft.Authorization/roleAssignments"}',
        "a".repeat(999),
    ],
];

const value = fc.letrec(tie => ({
    any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(UNKNOWN, UNKNOWN, null, undefined, ...TEXTS),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...KEYS, "objectId", "principalId", "uri", "hash"), tie("any"), { maxKeys: 4 }),
    ),
})).any;

const props = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 10 });

const drawn = fc.record({
    type: fc.constantFrom(...TYPES),
    name: fc.constantFrom("a", "b", "__proto__"),
    inputs: fc.option(props, { nil: undefined }),
    outputs: props,
    id: fc.option(fc.constantFrom(...TEXTS), { nil: undefined }),
    links: fc.dictionary(fc.constantFrom(...KEYS), fc.array(fc.nat(3), { maxLength: 2 }), { maxKeys: 4 }),
    parent: fc.option(fc.nat(3), { nil: undefined }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const urnOf = ({ type, name }: Drawn): string => `${STACK_URN}${type}::${name}`;

const asResources = (stack: readonly Drawn[]): readonly PlainResource[] => {
    const given: GivenResource[] = [];
    const inputs = new Map<string, Record<string, unknown>>();
    for (const each of stack) {
        if (each.inputs !== undefined) inputs.set(urnOf(each), unknownCheckingProxy(each.inputs));
        const parent = each.parent === undefined ? undefined : given[each.parent];
        given.push({
            urn: urnOf(each),
            type: each.type,
            name: each.name,
            props: unknownCheckingProxy(each.outputs),
            ...(each.id !== undefined && { id: each.id }),
            ...(parent && { parent }),
            propertyDependencies: Object.fromEntries(
                Object.entries(each.links).map(([key, list]) => [key, list.flatMap(at => given[at] ?? [])]),
            ),
        });
    }
    return given.map(each => new PlainResource(each, inputs));
};

/** Reads a stack in every way that there is. */
const readAll = (resources: readonly PlainResource[]): StackDefinitions => {
    const whole = new StackDefinitions(resources);
    const alone = new StackDefinitions();
    for (const resource of resources) {
        alone.add(resource);
        for (const kind of KINDS) {
            subjectsOf(kind, resource, whole);
            subjectsOf(kind, resource, alone);
        }
    }
    return whole;
};

const stacks = fc.array(drawn, { maxLength: 6 });

describe("whatever a program declares, on every type that is read", function () {
    this.timeout(120_000);

    it("it is read without a failure, with the stack around it and without", () => {
        fc.assert(
            fc.property(stacks, stack => {
                const { model } = readAll(asResources(stack));
                assert.equal(JSON.stringify(model), JSON.stringify(new StackDefinitions(asResources(stack)).model));
            }),
            { numRuns: 1500 },
        );
    });

    it("a state that holds it is read without a failure", () => {
        fc.assert(
            fc.property(stacks, stack => {
                const resources = stack.map(each => ({
                    urn: urnOf(each),
                    type: each.type,
                    ...(each.id !== undefined && { id: each.id }),
                    inputs: each.inputs,
                    outputs: each.outputs,
                    propertyDependencies: Object.fromEntries(
                        Object.entries(each.links).map(([key, list]) => [
                            key,
                            list.flatMap(at => (stack[at] ? urnOf(stack[at]) : [])),
                        ]),
                    ),
                }));
                const { model } = readAll(resourcesOfState(JSON.parse(JSON.stringify({ deployment: { resources } }))));
                assert.ok(model.rights.length >= 0);
            }),
            { numRuns: 500 },
        );
    });

    it("each key is of one right, and each holder is a principal of the model", () => {
        fc.assert(
            fc.property(stacks, stack => {
                const distinct = [...new Map(stack.map(each => [urnOf(each), each])).values()];
                const { rights, principals, entries, hosts } = new StackDefinitions(asResources(distinct)).model;
                const keys = rights.map(({ key }) => key);
                assert.equal(new Set(keys).size, keys.length);
                const known = new Set(principals.map(({ key }) => key));
                const named = [
                    ...rights.map(({ holder }) => holder),
                    ...rights.flatMap(each =>
                        each.kind === "member" ? each.group : each.kind === "owner" ? each.of : [],
                    ),
                    ...entries.map(({ principal }) => principal),
                    ...hosts.flatMap(({ identities }) => identities),
                ];
                assert.deepEqual(
                    named.filter(key => !known.has(key)),
                    [],
                );
            }),
            { numRuns: 1000 },
        );
    });
});
