import { type Api, findApi, MICROSOFT_GRAPH } from "../access/apis.ts";
import { parseCall } from "../access/calls.ts";
import { solveGraph } from "../access/graph-solver.ts";
import { isKnownApi, knownAppRole, type PermissionArgs } from "../components/app-role.ts";
import type { ApiDeclaration } from "./declaration.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawPermission, RawWorkload } from "./raw.ts";

/** Why and for whom, where a grant does not say it itself. */
interface About {
    readonly reason?: string;
    readonly owner?: string;
}

const aboutOf = ({ reason, owner }: { reason?: string | undefined; owner?: string | undefined }): About => ({
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
});

const read = (api: Api, raw: RawPermission, about: About): PermissionArgs => {
    const { permission, appRoleId, tier, adopt, ...own } = typeof raw === "string" ? { permission: raw } : raw;
    const args: PermissionArgs = {
        permission,
        ...(appRoleId !== undefined && { appRoleId }),
        ...(tier !== undefined && { tier }),
        ...(adopt !== undefined && { adopt }),
        ...about,
        ...aboutOf(own),
    };
    return isKnownApi(api) ? { ...args, permission: knownAppRole(api, args).name } : args;
};

const readList = (
    problems: Problems,
    path: Path,
    api: Api,
    raws: readonly RawPermission[],
    about: About,
): PermissionArgs[] => {
    const seen = new Set<string>();
    return raws.flatMap((raw, n) => {
        const permission = problems.at([...path, n], () => read(api, raw, about));
        if (!permission) return [];
        const key = permission.permission.toLowerCase();
        if (!seen.has(key)) {
            seen.add(key);
            return [permission];
        }
        problems.add([...path, n], `permission '${permission.permission}' is declared twice`);
        return [];
    });
};

/** The least permissions for the calls that a workload declares, beside those it declares itself. */
const solved = (problems: Problems, at: Path, calls: readonly string[], about: About): PermissionArgs[] => {
    if (calls.length === 0) return [];
    const { permissions, unmatched } = solveGraph(calls.map(call => parseCall(call)));
    for (const { call, why } of unmatched) problems.add([...at, "calls"], `'${call}': ${why}`);
    return permissions.map(({ name, coversOnly }) => ({
        permission: name,
        reason: `Needed for ${coversOnly.join(", ") || "the declared calls"}`,
        calls: coversOnly,
        ...about,
    }));
};

/** The calls that can be read, as they were written. */
export const readCalls = (problems: Problems, at: Path, calls: readonly string[] = []): string[] =>
    calls.filter((call, n) => problems.at([...at, "calls", n], () => parseCall(call)) !== undefined);

/** The permissions of a workload by API: those declared, and those that its calls and its runbooks' calls need. */
export const readApiGrants = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    runbookCalls: readonly string[],
): ApiDeclaration[] => {
    const about = aboutOf(raw);
    const calls = [...readCalls(problems, at, raw.calls), ...runbookCalls];
    const graph = findApi(MICROSOFT_GRAPH);
    const declared = readList(problems, [...at, "graph"], graph, raw.graph ?? [], about);
    const names = new Set(declared.map(({ permission }) => permission));
    const needed = solved(problems, at, [...new Set(calls)], about).filter(({ permission }) => !names.has(permission));
    const onGraph = [...declared, ...needed];
    return [
        ...(onGraph.length > 0 ? [{ api: graph.name, permissions: onGraph }] : []),
        ...readOthers(problems, at, raw, about),
    ];
};

const readOthers = (problems: Problems, at: Path, raw: RawWorkload, about: About): ApiDeclaration[] => {
    const seen = new Set<string>();
    return Object.entries(raw.apis ?? {}).flatMap(([name, permissions]) => {
        const path = [...at, "apis", name];
        const api = problems.at(path, () => findApi(name));
        if (!api) return [];
        if (api.appId === MICROSOFT_GRAPH)
            problems.add(path, "is Microsoft Graph; declare its permissions under 'graph'");
        if (seen.has(api.appId)) problems.add(path, `is API '${api.name}', which is declared under another name too`);
        seen.add(api.appId);
        return [{ api: api.name, permissions: readList(problems, path, api, permissions, about) }];
    });
};
