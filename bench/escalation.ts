// Time to find who can become whom over whole stacks, and the fewest rights to take away.
// Run: node bench/escalation.ts [how the names of the stacks begin]
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { escalationPaths } from "../access/escalation.ts";
import type { AccessModel, Decided, Host, Place, Principal, Right } from "../access/model.ts";
import { findRole } from "../access/roles.ts";
import { collectGarbage } from "./collect-garbage.ts";

/** Processor time of this thread, which other programs on the machine do not stretch. */
const milliseconds = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
};

const SUBSCRIPTION: Place = { kind: "subscription", id: "/subscriptions/s", name: "s" };
const groupAt = (at: number): Place => ({
    kind: "resourceGroup",
    id: `/subscriptions/s/resourcegroups/rg-${at}`,
    name: `rg-${at}`,
    within: SUBSCRIPTION,
});

const TYPES = ["microsoft.web/sites", "microsoft.automation/automationaccounts", "microsoft.compute/virtualmachines"];
const IDENTITY = "microsoft.managedidentity/userassignedidentities";
const WAYS = ["Website Contributor", "Automation Contributor", "Virtual Machine Contributor"];
const ROLES = ["Reader", "Storage Blob Data Reader", "Key Vault Secrets User", "Monitoring Reader", "AcrPull"];

const placed = (type: string, name: string, within: Place): Place => ({
    kind: "resource",
    type,
    urn: `urn:${name}`,
    name,
    within,
});

/** How many of a workload's grants are on what others run as, and how many of those lead on. */
interface Shape {
    readonly name: string;
    readonly role: (at: number) => string;
    readonly scope: (at: number) => number;
    readonly permission: (at: number) => string | undefined;
    /** Who holds the first role of each workload, where it is not the workload. */
    readonly holder?: string;
}

const SHAPES: readonly Shape[] = [
    {
        name: "sane: roles on the workload's own group, no paths",
        role: at => ROLES[at % ROLES.length] ?? "Reader",
        scope: at => at,
        permission: at => (at % 5 === 0 ? "User.Read.All" : undefined),
    },
    {
        name: "mixed: one in ten may change a neighbour, one in fifty rules the tenant",
        role: at => (at % 10 === 0 ? (WAYS[(at + 1) % 3] ?? "Reader") : (ROLES[at % ROLES.length] ?? "Reader")),
        scope: at => (at % 10 === 0 ? at + 1 : at),
        permission: at => (at % 50 === 1 ? "AppRoleAssignment.ReadWrite.All" : undefined),
    },
    {
        name: "chained: everybody may change the next, one in a hundred rules the tenant",
        role: at => WAYS[(at + 1) % 3] ?? "Reader",
        scope: at => at + 1,
        permission: at => (at % 100 === 99 ? "AppRoleAssignment.ReadWrite.All" : undefined),
    },
    {
        name: "open: everybody is contributor of the subscription",
        role: at => (at % 2 === 0 ? "Contributor" : "Reader"),
        scope: () => -1,
        permission: at => (at % 100 === 99 ? "RoleManagement.ReadWrite.Directory" : undefined),
    },
    {
        name: "deployer: one identity is contributor of every group",
        role: () => "Contributor",
        scope: at => at,
        permission: at => (at % 100 === 99 ? "RoleManagement.ReadWrite.Directory" : undefined),
        holder: "w0",
    },
    {
        name: "one ruler: everybody is contributor of the subscription, one workload rules the tenant",
        role: () => "Contributor",
        scope: () => -1,
        permission: at => (at === 7 ? "RoleManagement.ReadWrite.Directory" : undefined),
    },
    {
        name: "pairs: every second one may change the next, which rules the tenant",
        role: at => (at % 2 === 0 ? (WAYS[(at + 1) % 3] ?? "Reader") : "Reader"),
        scope: at => at + 1,
        permission: at => (at % 2 === 1 ? "AppRoleAssignment.ReadWrite.All" : undefined),
    },
    {
        name: "unsettled: everybody may change a resource on a scope that is not known yet",
        role: at => WAYS[(at + 1) % 3] ?? "Reader",
        scope: () => Number.NaN,
        permission: at => (at % 100 === 99 ? "RoleManagement.ReadWrite.Directory" : undefined),
    },
];

const GRANTS_EACH = 2;
const RUNS = 3;

const scopeOf = (at: number, workloads: number): Decided<Place> => {
    if (Number.isNaN(at)) return { undecided: "'scope' is not known before its resources exist" };
    return at < 0 ? SUBSCRIPTION : groupAt(at % workloads);
};

const modelOf = (grants: number, { role, scope, permission, holder }: Shape): AccessModel => {
    const workloads = Math.floor(grants / GRANTS_EACH);
    const principals: Principal[] = [];
    const hosts: Host[] = [];
    const rights: Right[] = [];
    for (let at = 0; at < workloads; at += 1) {
        const [name, group] = [`w${at}`, groupAt(at)];
        if (at % 2 === 0) principals.push({ key: name, kind: "system-assigned", name });
        else principals.push({ key: name, kind: "user-assigned", name, place: placed(IDENTITY, `id-${name}`, group) });
        hosts.push({ key: name, name, place: placed(TYPES[at % 3] ?? "", name, group), identities: [name] });
        const [first, own] = [findRole(role(at)), findRole("Reader")];
        const on = scopeOf(scope(at), workloads);
        const base = { kind: "role", holder: name } as const;
        rights.push({
            ...base,
            key: `${name} a`,
            urn: name,
            holder: holder ?? name,
            role: first.name,
            definition: first,
            tier: first.tier,
            scope: on,
        });
        const named = permission(at);
        if (named === undefined)
            rights.push({
                ...base,
                key: `${name} b`,
                urn: name,
                role: own.name,
                definition: own,
                tier: own.tier,
                scope: group,
            });
        else
            rights.push({
                ...{ kind: "permission", key: `${name} b`, urn: name, holder: name },
                ...{ api: "Microsoft Graph", appId: MICROSOFT_GRAPH, permission: named },
                tier: findAppRole(MICROSOFT_GRAPH, named).tier,
            });
    }
    return { principals, hosts, rights, entries: [] };
};

const measure = (grants: number, shape: Shape): { readonly time: number; readonly paths: number } => {
    const model = JSON.parse(JSON.stringify(modelOf(grants, shape))) as AccessModel;
    collectGarbage();
    const begun = milliseconds();
    const paths = escalationPaths(model).length;
    return { time: milliseconds() - begun, paths };
};

/** The least of a few runs: what else the machine does only adds. */
const least = (grants: number, shape: Shape): { readonly time: number; readonly paths: number } => {
    const runs = Array.from({ length: RUNS }, () => measure(grants, shape));
    return runs.reduce((best, run) => (run.time < best.time ? run : best));
};

const [wanted = ""] = process.argv.slice(2);
for (const shape of SHAPES.filter(({ name }) => name.startsWith(wanted))) {
    console.log(shape.name);
    let first: number | undefined;
    for (const grants of [1_000, 5_000, 10_000]) {
        const { time, paths } = least(grants, shape);
        first ??= time;
        console.log(
            `  ${grants} grants: ${time.toFixed(0)} ms of processor, ${paths} paths; ${(time / first).toFixed(1)} times that of 1000`,
        );
    }
}
