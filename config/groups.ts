import type { GroupDeclaration, Tags } from "./declaration.ts";
import { azureLocation, groupOf } from "./places.ts";
import type { Problems } from "./problems.ts";
import type { RawGroup, RawWorkload } from "./raw.ts";

/** The tags that all of several workloads have: what their shared group can have. */
const shared = (tags: readonly Tags[]): Tags =>
    Object.fromEntries(Object.entries(tags[0] ?? {}).filter(([key, value]) => tags.every(each => each[key] === value)));

interface Wish {
    readonly workload: string;
    readonly location: string | undefined;
    readonly tags: Tags;
}

const wishesOf = (
    problems: Problems,
    workloads: ReadonlyMap<string, RawWorkload>,
): Map<string, { name: string; wishes: Wish[] }> => {
    const groups = new Map<string, { name: string; wishes: Wish[] }>();
    for (const [workload, raw] of workloads) {
        if (raw.group !== undefined && raw.existingGroup !== undefined) {
            problems.add(["workloads", workload, "existingGroup"], "stands beside 'group'; expected one of the two");
        }
        if (raw.existingGroup !== undefined) continue;
        const name = groupOf(workload, raw);
        const known = groups.get(name.toLowerCase()) ?? { name, wishes: [] };
        known.wishes.push({ workload, location: raw.location, tags: raw.tags ?? {} });
        groups.set(name.toLowerCase(), known);
    }
    return groups;
};

const reportDisagreement = (
    problems: Problems,
    workloads: ReadonlyMap<string, RawWorkload>,
    names: ReadonlySet<string>,
): void => {
    for (const [workload, { existingGroup }] of workloads) {
        if (existingGroup !== undefined && names.has(existingGroup.toLowerCase())) {
            problems.add(
                ["workloads", workload, "existingGroup"],
                `group '${existingGroup}' is made by this stack; expected it under 'group'`,
            );
        }
    }
};

const locationOf = (
    problems: Problems,
    name: string,
    wishes: readonly Wish[],
    declared: RawGroup | undefined,
    fallback: string | undefined,
): string => {
    const places = new Set(wishes.map(({ location }) => azureLocation(location ?? fallback ?? "") || undefined));
    const location = declared?.location ?? (places.size > 0 ? [...places][0] : fallback);
    const [first, second] = wishes;
    if (!declared?.location && places.size > 1 && first && second) {
        problems.add(
            ["workloads", second.workload, "location"],
            `group '${name}' is made in another location for workload '${first.workload}'; declare it under 'groups'`,
        );
    }
    if (location === undefined) {
        const at = first ? ["workloads", first.workload, "location"] : ["groups", name, "location"];
        problems.add(at, "is missing; expected an Azure location here or as azure-native:location");
    }
    return azureLocation(location ?? "");
};

/** The resource groups that the program makes: each once, whoever names it. */
export const readGroups = (
    problems: Problems,
    declared: ReadonlyMap<string, RawGroup>,
    workloads: ReadonlyMap<string, RawWorkload>,
    location: string | undefined,
): GroupDeclaration[] => {
    const groups = wishesOf(problems, workloads);
    for (const name of declared.keys())
        if (!groups.has(name.toLowerCase())) groups.set(name.toLowerCase(), { name, wishes: [] });
    reportDisagreement(problems, workloads, new Set(groups.keys()));
    const byKey = new Map([...declared].map(([name, group]) => [name.toLowerCase(), group]));
    return [...groups].map(([key, { name, wishes }]) => {
        const own = byKey.get(key);
        return {
            name,
            location: locationOf(problems, name, wishes, own, location),
            tags: own?.tags ?? shared(wishes.map(({ tags }) => tags)),
        };
    });
};
