import type { Entry, Host } from "../access/model.ts";
import { isDecided } from "../access/model.ts";

/** What runs a team's own code or steps, by the resource types that do. */
const KINDS: readonly (readonly [kind: string, types: RegExp])[] = [
    ["web app", /^microsoft\.web\/(?:sites|serverfarms|hostingenvironments)(?:\/|$)/],
    ["static web app", /^microsoft\.web\/staticsites$/],
    ["virtual machine", /^microsoft\.compute\/virtualmachine(?:s|scalesets)(?:\/|$)/],
    ["Arc machine", /^microsoft\.hybridcompute\/machines$/],
    ["container app", /^microsoft\.app\//],
    ["container group", /^microsoft\.containerinstance\//],
    ["cluster", /^microsoft\.(?:containerservice|redhatopenshift)\//],
    ["registry task", /^microsoft\.containerregistry\/registries\/(?:tasks|taskruns|runs)$/],
    ["Automation account", /^microsoft\.automation\//],
    ["logic app", /^microsoft\.logic\/workflows$/],
    ["deployment script", /^microsoft\.resources\/deploymentscripts$/],
    ["data factory", /^microsoft\.(?:datafactory|synapse)\//],
    ["batch account", /^microsoft\.batch\//],
    ["machine learning workspace", /^microsoft\.machinelearningservices\//],
    ["API gateway", /^microsoft\.apimanagement\//],
    ["policy assignment", /^microsoft\.authorization\/policyassignments$/],
];

/** A workload that acts with an identity: what kind it is, and its own name. */
export interface Workload {
    readonly kind: string;
    readonly name: string;
}

/** The kind of a resource that acts with an identity; data services alone need it for keys, and are all of one kind. */
export const workloadOf = ({ name, place }: Host): Workload | undefined => {
    const { type } = place;
    if (type === undefined) return undefined;
    return { kind: KINDS.find(([, types]) => types.test(type))?.[0] ?? "data service", name };
};

/** The part of a subject that names whose code it is: a repository, a project, a workspace, a namespace, a stack. */
const SOURCES = [
    /^(repo:[^:]+)/,
    /^(project_path:[^:]+)/,
    /^organization:[^:]*:project:[^:]*:(workspace:[^:]+)/,
    /^(system:serviceaccount:[^:]+)/,
    /^(pulumi:deploy:org:[^:]+:project:[^:]+:stack:[^:]+)/,
    /^((?:sc|p):\/\/.+)$/,
];

/** Who signs in from outside by a token. */
export const outsiderOf = ({ kind, subject }: Entry): Workload | undefined => {
    if (kind !== "federated-credential" || subject === undefined || !isDecided(subject)) return undefined;
    const source = SOURCES.map(each => each.exec(subject)?.[1]).find(found => found !== undefined);
    return { kind: source?.startsWith("system:") ? "pods of a cluster" : "pipeline", name: source ?? subject };
};
