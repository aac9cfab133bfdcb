// Processor time of the policy pack in the host that the SDK gives packs, fed as the engine feeds it, without the engine:
// a stack at its first preview, half of it grants; over a pack without a rule, and against the same rules each by itself.
// Run: node bench/policy-host.ts [resources, 10000] [divisor for the growth, 10]
import { execFileSync } from "node:child_process";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import server from "@pulumi/policy/server.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { readEachResourceOnce } from "../policy-pack/sdk/reading.ts";
import { judgingTogether } from "../policy-pack/judging-together.ts";
import { Pack } from "../policy-pack/pack.ts";
import { type Policy, policyOf } from "../policy-pack/policy.ts";
import { RULES } from "../policy-pack/rules/index.ts";
import { Run } from "../policy-pack/run.ts";
import { type Declared, UNKNOWN, urnOf } from "../test/policy-support.ts";

interface Message {
    serializeBinary(): Uint8Array;
    [setter: string]: (value: unknown) => unknown;
}
type MessageType = { new (): Message; deserializeBinary(bytes: Uint8Array): Message };
type Answer = (call: { request: Message }, done: (error: Error | undefined, response: Message) => void) => void;
type MakeAnswer = (name: string, version: string, level: string, policies: readonly Policy[]) => Answer;

const types = analyzer as unknown as Record<string, MessageType>;
const host = server as unknown as Record<"makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun", MakeAnswer>;
const typeOf = (name: string): MessageType => types[name] as MessageType;

const ROLES = ["Reader", "Website Contributor", "Storage Blob Data Reader", "Key Vault Secrets User", "AcrPull"];
const PERMISSIONS = ["User.Read.All", "Group.Read.All", "Device.Read.All", "Sites.Selected", "Place.Read.All"];
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const stackOf = (resources: number): Declared[] => {
    const grants = resources / 2;
    const group = numbered(Math.ceil(resources / 100), (i): Declared => ({
        type: "azure-native:resources:ResourceGroup",
        name: `rg-${i}`,
        props: {},
    }));
    const inGroup = (i: number) => ({ resourceGroupName: [at(group, i)] });
    const identity = numbered(Math.ceil(grants / 10), (i): Declared => ({
        type: "azure-native:managedidentity:UserAssignedIdentity",
        name: `id-${i}`,
        props: { resourceGroupName: UNKNOWN, resourceName: `id-${i}` },
        links: inGroup(i),
    }));
    const role = (i: number): Declared => ({
        type: "azure-native:authorization:RoleAssignment",
        name: `role-${i}`,
        props: {
            principalId: UNKNOWN,
            principalType: "ServicePrincipal",
            roleAssignmentName: `22222222-0000-4000-8000-${String(i).padStart(12, "0")}`,
            roleDefinitionId: findRole(at(ROLES, Math.floor(i / identity.length))).id,
            scope: UNKNOWN,
        },
        links: { principalId: [at(identity, i)], scope: [at(group, i)] },
    });
    const permission = (i: number): Declared => ({
        type: "azuread:index/appRoleAssignment:AppRoleAssignment",
        name: `permission-${i}`,
        props: {
            principalObjectId: UNKNOWN,
            resourceObjectId: "99999999-0000-4000-8000-000000000009",
            appRoleId: findAppRole(MICROSOFT_GRAPH, at(PERMISSIONS, Math.floor(i / identity.length))).id,
        },
        links: { principalObjectId: [at(identity, i)] },
    });
    const store = (i: number): Declared => ({
        type: "azure-native:storage:StorageAccount",
        name: `store-${i}`,
        props: {
            resourceGroupName: UNKNOWN,
            kind: "StorageV2",
            sku: { name: "Standard_LRS" },
            tags: { team: "bench" },
        },
        links: inGroup(i),
    });
    const made = [...group, ...identity, ...numbered(grants / 2, role), ...numbered(grants / 2, permission)];
    return [...made, ...numbered(resources - made.length, store)];
};

const messageOf = (declared: Declared, type: string): Message => {
    const message = new (typeOf(type))();
    const values = { Urn: urnOf(declared), Type: declared.type, Name: declared.name };
    for (const [field, value] of Object.entries(values)) message[`set${field}`]?.(value);
    message["setProperties"]?.(structs.Struct.fromJavaScript({ ...declared.props } as never));
    message["setOptions"]?.(new (typeOf("AnalyzerResourceOptions"))());
    return message;
};

const inStack = (declared: Declared): Message => {
    const message = messageOf(declared, "AnalyzerResource");
    const links = message["getPropertydependenciesMap"]?.(undefined) as Map<string, Message>;
    for (const [key, to] of Object.entries(declared.links ?? {})) {
        const urns = new (typeOf("AnalyzerPropertyDependencies"))();
        urns["setUrnsList"]?.(to.map(urnOf));
        links.set(key, urns);
    }
    return message;
};

const POLICIES: Readonly<Record<string, () => readonly Policy[]>> = {
    empty: () => [],
    usual: () => RULES.map(rule => policyOf(rule, new Run(), () => new Date())),
    own: () => {
        const pack = new Pack();
        readEachResourceOnce();
        pack.configure(new Map(RULES.map(({ name }) => [name, { level: "mandatory", properties: {} }])));
        return judgingTogether(pack.policies, pack);
    },
};

const ask = (answer: Answer, type: string, bytes: Uint8Array): Promise<void> =>
    new Promise((done, fail) =>
        answer({ request: typeOf(type).deserializeBinary(bytes) }, (error, response) => {
            if (error) return fail(error);
            response.serializeBinary();
            done();
        }),
    );

/** Milliseconds of processor time that a pack takes for a preview of a stack. */
const measure = async (pack: string, resources: number): Promise<number> => {
    const stack = stackOf(resources);
    const single = stack.map(each => messageOf(each, "AnalyzeRequest").serializeBinary());
    const request = new (typeOf("AnalyzeStackRequest"))();
    request["setResourcesList"]?.(stack.map(inStack));
    const whole = request.serializeBinary();
    const policies = POLICIES[pack]?.() ?? [];
    const [one, all] = [host.makeAnalyzeRpcFun, host.makeAnalyzeStackRpcFun].map(make =>
        make(pack, "1", "mandatory", policies),
    );
    const before = process.cpuUsage();
    for (const bytes of single) await ask(one as Answer, "AnalyzeRequest", bytes);
    await ask(all as Answer, "AnalyzeStackRequest", whole);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
};

/** The same in a process of its own: what one pack loads is not there for the next. */
const apart = (pack: string, resources: number): number =>
    Number(execFileSync(process.execPath, [import.meta.filename, pack, String(resources)], { encoding: "utf8" }));

const [first = "10000", second = "10"] = process.argv.slice(2);
if (Object.hasOwn(POLICIES, first)) console.log(await measure(first, Number(second)));
else {
    const [many, few] = [Number(first), Number(first) / Number(second)];
    const [empty, own, usual, ownFew] = [
        apart("empty", many),
        apart("own", many),
        apart("usual", many),
        apart("own", few),
    ];
    const each = (ms: number): string => `${((ms / many) * 1000).toFixed(0)} µs a resource`;
    console.log(`${many} resources, ${many / 2} of them grants, ${RULES.length} rules`);
    console.log(`no rule: ${each(empty)}; ours: ${each(own)}; the usual way: ${each(usual)}`);
    console.log(`the usual way takes ${(usual / own).toFixed(1)} times our time`);
    console.log(`${second} times as many resources take ${(own / ownFew).toFixed(1)} times the time`);
}
process.exit();
