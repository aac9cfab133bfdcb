import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { v5 } from "uuid";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { type Declared, STACK_URN, SUBSCRIPTION_SCOPE, UNKNOWN, urnOf } from "./policy-support.ts";

const FOLDER = join(import.meta.dirname, "policy-corpus");
const SPACE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

interface CorpusResource {
    readonly type: string;
    readonly name: string;
    /** `${name.path}` stands for an output of another resource; `@role:…`, `@permission:…` and `@graph` for ids. */
    readonly props: Readonly<Record<string, unknown>>;
    /** What the cloud makes of it, beyond what is so of its kind. */
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A program as people write them, with what stops it in the baseline preset. */
export interface CorpusProgram {
    readonly file: string;
    readonly what: string;
    readonly language: string;
    /** Rule and resource of each finding. */
    readonly stops: readonly string[];
    readonly resources: readonly CorpusResource[];
}

/** The programs of the corpus, by file name. */
export const corpus = (): readonly CorpusProgram[] =>
    readdirSync(FOLDER)
        .filter(file => file.endsWith(".json"))
        .sort()
        .map(file => ({
            file,
            ...(JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Omit<CorpusProgram, "file">),
        }));

const role = (name: string): string =>
    `${SUBSCRIPTION_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${findRole(name).id}`;

const named = (text: string): string =>
    text
        .replace(/^@role:(.*)$/, (_, name: string) => role(name))
        .replace(/^@permission:(.*)$/, (_, name: string) => findAppRole(MICROSOFT_GRAPH, name).id)
        .replace(/^@graph$/, MICROSOFT_GRAPH);

/** Changes each text within a value. */
const withTexts = (value: unknown, change: (text: string) => unknown): unknown => {
    if (typeof value === "string") return change(named(value));
    if (Array.isArray(value)) return value.map(part => withTexts(part, change));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withTexts(part, change)]));
};

const REFERENCE = /\$\{([\w-]+)\.([^}]+)\}/g;

const referencesIn = (value: unknown): readonly string[] =>
    [...JSON.stringify(value).matchAll(REFERENCE)].map(([, name = ""]) => name);

/** The program at its first preview: each value that comes from another resource is unknown, and linked to it. */
export const planOf = ({ resources }: CorpusProgram): readonly Declared[] => {
    const made = new Map<string, Declared>();
    for (const { type, name, props } of resources) {
        const links = Object.entries(props).map(([key, value]): [string, readonly Declared[]] => [
            key,
            [...new Set(referencesIn(value))].flatMap(each => made.get(each) ?? []),
        ]);
        const unknown = withTexts(props, text => (text.match(REFERENCE) === null ? text : UNKNOWN));
        made.set(name, { type, name, props: unknown as Declared["props"], links: Object.fromEntries(links) });
    }
    return [...made.values()];
};

const armId = ({ type, name }: CorpusResource): string => {
    const [, module = "", kind = ""] = type.split(":");
    if (kind === "ResourceGroup") return `${SUBSCRIPTION_SCOPE}/resourceGroups/${name}`;
    const namespace = module.split("/")[0] ?? "";
    return `${SUBSCRIPTION_SCOPE}/resourceGroups/rg/providers/Microsoft.${namespace}/${kind}s/${name}`;
};

const outputsOf = (resource: CorpusResource): Record<string, unknown> => {
    const id = (what: string): string => v5(`${what}:${resource.name}`, SPACE);
    const identity: unknown = resource.props["identity"];
    return {
        id: resource.type.startsWith("azuread:") ? id("object") : armId(resource),
        name: resource.name,
        ...(/UserAssignedIdentity$/i.test(resource.type) && { principalId: id("object"), clientId: id("client") }),
        ...(resource.type.startsWith("azuread:") && { objectId: id("object"), clientId: id("client") }),
        ...resource.props,
        ...(identity !== undefined && { identity: { ...(identity as object), principalId: id("object") } }),
        ...resource.outputs,
    };
};

const at = (value: unknown, path: string): unknown => {
    const owner = value !== null && typeof value === "object" ? value : {};
    if (Object.hasOwn(owner, path)) return Reflect.get(owner, path);
    const [first = "", ...rest] = path.split(".");
    return rest.length === 0 ? `made-up-${first}` : at(Reflect.get(owner, first), rest.join("."));
};

/** The state once the program is deployed, as `pulumi stack export` writes it. */
export const stateOf = ({ resources }: CorpusProgram): unknown => {
    const outputs = new Map<string, Record<string, unknown>>();
    const entries = resources.map(resource => {
        const known = (value: unknown): unknown =>
            withTexts(value, text =>
                text.replace(REFERENCE, (_, name: string, path: string) => String(at(outputs.get(name), path))),
            );
        const made = known(outputsOf(resource)) as Record<string, unknown>;
        outputs.set(resource.name, made);
        const dependencies = Object.entries(resource.props).map(([key, value]) => [
            key,
            referencesIn(value).flatMap(name => resources.filter(each => each.name === name).map(each => urnOf(each))),
        ]);
        return {
            ...{ urn: urnOf(resource), type: resource.type, custom: true, id: made["id"] },
            ...{ inputs: known(resource.props), outputs: made },
            propertyDependencies: Object.fromEntries(dependencies) as unknown,
        };
    });
    const stack = { urn: `${STACK_URN}pulumi:pulumi:Stack::project-dev`, type: "pulumi:pulumi:Stack", custom: false };
    return { version: 3, deployment: { resources: [stack, ...entries] } };
};
