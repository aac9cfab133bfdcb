import { addAttachments } from "./escalation-attach.ts";
import { type Building, bucketKey, lead, placesOf, stepOf, wayKey } from "./escalation-building.ts";
import { takeoversOf, VAULT } from "./escalation-hosts.ts";
import { rightName } from "./escalation-names.ts";
import { type PlaceKeys, placeKeys, scopeKeys } from "./escalation-place.ts";
import { customRoles, Powers } from "./escalation-power.ts";
import { takeoversOn, type Target, targetsOf } from "./escalation-targets.ts";
import { isDecided, type Right, type RoleRight, type VaultRight } from "./model.ts";

const READS_SECRETS = /^secrets\/(get|all|\*)$/i;

const vaultPolicy = (building: Building, right: VaultRight): void => {
    if (!right.permissions.some(each => READS_SECRETS.test(each))) return;
    const takeover = takeoversOf(VAULT).find(({ edge }) => edge === "AZGetSecrets");
    if (takeover === undefined) return;
    const step = {
        edge: takeover.edge,
        by: [right.key],
        certain: true,
        words: `can ${takeover.words}`,
        how: rightName(right, building.names),
    };
    lead(building, right.holder, takeover, scopeKeys(right.vault), step);
};

const keysOf = (right: Right): PlaceKeys => {
    if (right.kind === "role") return placesOf(right);
    return right.kind === "vault-policy" ? scopeKeys(right.vault) : [];
};

/** Puts a resource into the places that some right is asked for on. */
const place = ({ graph }: Building, target: Target, asked: ReadonlySet<string>): void => {
    const ways = takeoversOf(target.type);
    const places = placeKeys(target.place).filter(key => asked.has(key));
    if (places.length === 0) return;
    for (const takeover of ways) {
        const buckets = places.map(key => bucketKey(takeover, key));
        const node = graph.node(`${target.key}|${wayKey(takeover)}`, target.name);
        for (const key of buckets) graph.add(graph.node(key), { to: node, certain: true });
        for (const identity of target.identities) {
            const to = graph.principal(identity);
            if (to !== undefined) graph.add(node, { to, certain: true });
        }
    }
};

/** Adds who can act as the identities of resources, by roles on the resources and what is around them. */
export const addRoles = (building: Building): void => {
    const { model, names } = building;
    const targets = targetsOf(model);
    const takeovers = takeoversOn(targets);
    const rights = model.rights.filter((right): right is RoleRight => right.kind === "role");
    const powers = new Powers(
        takeovers,
        customRoles(rights.flatMap(({ definition }) => (isDecided(definition) ? [definition] : []))),
    );
    const asked = new Set(model.rights.flatMap(right => keysOf(right).map(([key]) => key)));
    for (const target of targets) place(building, target, asked);
    for (const right of rights) {
        const [keys, how] = [placesOf(right), rightName(right, names)];
        powers.of(right).forEach((power, at) => {
            const takeover = takeovers[at];
            if (power === undefined || takeover === undefined || takeover.needsHost === true) return;
            lead(building, right.holder, takeover, keys, stepOf(right, takeover, power, how));
        });
    }
    takeovers.forEach((takeover, at) => {
        if (takeover.needsHost === true) addAttachments(building, takeover, right => powers.of(right)[at]);
    });
    for (const right of model.rights) if (right.kind === "vault-policy") vaultPolicy(building, right);
};
