import { type Building, lead, placesOf, stepOf } from "./escalation-building.ts";
import { HOST_WRITES } from "./escalation-hosts.ts";
import { rightName } from "./escalation-names.ts";
import type { Power } from "./escalation-power.ts";
import type { Takeover } from "./escalation-takeover.ts";
import { isDecided, type RoleRight } from "./model.ts";
import { roleAllows, roleMayAllow } from "./roles.ts";

interface HeldRole {
    readonly right: RoleRight;
    /** Memberships by which it is held. */
    readonly by: readonly string[];
}

/** Whether a role lets its holder write a resource that runs code: yes, perhaps (undefined), or no. */
const writesHosts = ({ definition }: RoleRight): boolean | undefined => {
    if (!isDecided(definition)) return undefined;
    if (!HOST_WRITES.some(action => roleMayAllow(definition, action, "action"))) return false;
    return HOST_WRITES.some(action => roleAllows(definition, action, "action")) || undefined;
};

interface Writer extends HeldRole {
    readonly certain: boolean;
}

/** Finds the best role to write a resource with: the one that attaches itself, else one that surely does, else any. */
const writerAmong = (held: readonly HeldRole[]): ((assigner: HeldRole) => Writer | undefined) => {
    const writers = held.flatMap((each): Writer[] => {
        const writes = writesHosts(each.right);
        return writes === false ? [] : [{ ...each, certain: writes === true }];
    });
    const byRight = new Map(writers.map(writer => [writer.right, writer]));
    const best = writers.find(({ certain }) => certain) ?? writers[0];
    return ({ right }) => byRight.get(right) ?? best;
};

/** Both rights through one group are the group's own step, not its member's. */
const isOfGroup = (a: HeldRole, b: HeldRole): boolean => a.by.length > 0 && a.right.holder === b.right.holder;

const heldBy = (
    building: Building,
    rolesOf: ReadonlyMap<string, readonly RoleRight[]>,
    holder: string,
): readonly HeldRole[] => {
    const own = (rolesOf.get(holder) ?? []).map((right): HeldRole => ({ right, by: [] }));
    const lent = (building.groups.get(holder) ?? []).flatMap(({ group, by }) =>
        (rolesOf.get(group) ?? []).map((right): HeldRole => ({ right, by })),
    );
    return [...own, ...lent];
};

/**
 * Adds who can attach identities to resources that run code. Azure asks the caller for both rights at once, so that
 * they have to be those of one principal and its groups.
 * Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-assign-managed-identity
 */
export const addAttachments = (
    building: Building,
    takeover: Takeover,
    powerOf: (right: RoleRight) => Power | undefined,
): void => {
    const rolesOf = Map.groupBy(
        building.model.rights.filter((right): right is RoleRight => right.kind === "role"),
        ({ holder }) => holder,
    );
    for (const holder of building.graph.principals) {
        const held = heldBy(building, rolesOf, holder);
        const writerFor = writerAmong(held);
        for (const assigner of held) {
            const [power, writer] = [powerOf(assigner.right), writerFor(assigner)];
            if (power === undefined || writer === undefined || isOfGroup(assigner, writer)) continue;
            const step = stepOf(assigner.right, takeover, power, rightName(assigner.right, building.names));
            const by = [...new Set([...assigner.by, assigner.right.key, ...writer.by, writer.right.key])];
            const certain = step.certain && writer.certain;
            lead(building, holder, takeover, placesOf(assigner.right), { ...step, by, certain });
        }
    }
};
