import { findApi, MICROSOFT_GRAPH } from "../access/apis.ts";
import type { ApiDeclaration } from "./declaration.ts";
import { readGraph } from "./graph-grants.ts";
import { aboutOf, readList } from "./permission-list.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";
import type { WorkloadNeed } from "./workload-need.ts";

const readOthers = (problems: Problems, at: Path, raw: RawWorkload): ApiDeclaration[] => {
    const seen = new Set<string>();
    return Object.entries(raw.apis ?? {}).flatMap(([name, permissions]) => {
        const path = [...at, "apis", name];
        const api = problems.at(path, () => findApi(name));
        if (!api) return [];
        if (api.appId === MICROSOFT_GRAPH)
            problems.add(path, "is Microsoft Graph; declare its permissions under 'graph'");
        if (seen.has(api.appId)) problems.add(path, `is API '${api.name}', which is declared under another name too`);
        seen.add(api.appId);
        const listed = readList(problems, path, api, permissions, aboutOf(raw));
        return [{ api: api.name, permissions: listed.map(({ permission }) => permission) }];
    });
};

/** The permissions of a workload by API. */
export const readApiGrants = (problems: Problems, at: Path, raw: RawWorkload, need: WorkloadNeed): ApiDeclaration[] => {
    const onGraph = readGraph(problems, at, raw, need);
    return [
        ...(onGraph.length > 0 ? [{ api: findApi(MICROSOFT_GRAPH).name, permissions: onGraph }] : []),
        ...readOthers(problems, at, raw),
    ];
};
