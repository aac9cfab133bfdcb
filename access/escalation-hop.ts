import { MICROSOFT_GRAPH } from "./apis.ts";
import { isDelegation } from "./delegation.ts";
import type { Building } from "./escalation-building.ts";
import { directoryPowerOf, permissionPowerOf } from "./escalation-directory.ts";
import type { Step } from "./escalation-graph.ts";
import { rightName } from "./escalation-names.ts";
import type { Leg } from "./escalation-search.ts";
import type { Hop } from "./finding.ts";
import { isDecided, type Right } from "./model.ts";

/** Many paths lead through the same hops: each is written once. */
const written = new WeakMap<Step, Map<string, Hop>>();

/** A hop in words: `can change the runbooks of 'aa-nightly', which acts as 'id-admin' (role 'Owner' on …)`. */
export const hopOf = (building: Building, leg: Leg): Hop => {
    const { to, step, certain, through } = leg;
    const hops = written.get(step) ?? new Map<string, Hop>();
    written.set(step, hops);
    const key = `${String(to)} ${String(certain)} ${through ?? ""}`;
    const hop = hops.get(key) ?? write(building, leg);
    hops.set(key, hop);
    return hop;
};

const write = ({ graph, names }: Building, { from, to, step, certain, through }: Leg): Hop => {
    const [fromKey, toKey] = [graph.principals[from] ?? "", graph.principals[to] ?? ""];
    const name = names.get(toKey) ?? toKey;
    const object = through === undefined ? `'${name}'` : throughWords(through, name);
    const how = step.how === undefined ? "" : ` (${step.how})`;
    const words = certain ? step.words : step.words.replace(/^can /, "may be able to ");
    const said = words.includes("%") ? words.replace("%", () => object) : `${words} ${object}`;
    return { from: fromKey, to: toKey, edge: step.edge, words: `${said}${how}`, by: step.by };
};

const throughWords = (through: string, identity: string): string =>
    through === identity ? `'${through}' and act as its identity` : `'${through}' and so act as '${identity}'`;

const edgeOf = (right: Right): string => {
    if (right.kind === "role" && isDecided(right.definition)) {
        const all = right.definition.permissions.some(({ actions }) => actions.includes("*"));
        if (all) return isDelegation(right.definition) ? "AZOwner" : "AZContributor";
        return isDelegation(right.definition) ? "AZUserAccessAdministrator" : "HoldsRole";
    }
    if (right.kind === "permission" && right.appId === MICROSOFT_GRAPH && isDecided(right.permission))
        return permissionPowerOf(right.permission)?.edge ?? "HoldsPermission";
    if (right.kind === "directory-role" && isDecided(right.role))
        return directoryPowerOf(right.role)[0]?.edge ?? "AZHasRole";
    return right.kind === "directory-role" ? "AZHasRole" : right.kind === "role" ? "HoldsRole" : "HoldsPermission";
};

/** The last hop of a path: what its end is allowed. */
export const lastHop = ({ names }: Building, right: Right): Hop => ({
    from: right.holder,
    to: right.key,
    edge: edgeOf(right),
    words: `holds ${rightName(right, names)}`,
    by: [right.key],
});
