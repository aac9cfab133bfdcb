import { type Building, lead, placesOf, stepOf } from "./escalation-building.ts";
import { takeoversOf, VAULT } from "./escalation-hosts.ts";
import { rightName } from "./escalation-names.ts";
import { scopeKeys } from "./escalation-place.ts";
import type { RoleRight, VaultRight } from "./model.ts";

const READS_SECRETS = /^secrets\/(get|all|\*)$/i;

/** Adds whose secrets in a vault its access policy lets the holder read. */
export const addVaultPolicy = (building: Building, right: VaultRight): void => {
    if (!right.permissions.some(each => READS_SECRETS.test(each))) return;
    const reads = takeoversOf(VAULT).find(({ edge }) => edge === "AZGetSecrets");
    lead(building, right.holder, scopeKeys(right.vault), at => {
        const takeover = building.ways.takeovers[at];
        if (takeover === undefined || takeover !== reads) return undefined;
        const how = rightName(right, building.names);
        return { edge: takeover.edge, by: [right.key], certain: true, words: `can ${takeover.words}`, how };
    });
};

/** Adds who can act as the identities of resources by a role on the resources or what is around them. */
export const addRole = (building: Building, right: RoleRight): void => {
    const { names, powers, ways } = building;
    lead(building, right.holder, placesOf(right), at => {
        const [takeover, power] = [ways.takeovers[at], powers.of(right)[at]];
        if (power === undefined || takeover === undefined || takeover.needsHost === true) return undefined;
        return stepOf(right, takeover, power, rightName(right, names));
    });
};
