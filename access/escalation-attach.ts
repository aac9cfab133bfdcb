import { type Building, lead, placesOf, stepOf } from "./escalation-building.ts";
import { rightName } from "./escalation-names.ts";
import type { Right, RoleRight } from "./model.ts";

interface HeldRole {
    readonly right: RoleRight;
    /** Memberships by which it is held. */
    readonly by: readonly string[];
}

interface Writer extends HeldRole {
    readonly certain: boolean;
}

/** Finds the best role to write a resource with: the one that attaches itself, else one that surely does, else any. */
const writerAmong = (held: readonly HeldRole[], { powers }: Building): ((assigner: HeldRole) => Writer | undefined) => {
    const writers = held.flatMap((each): Writer[] => {
        const writes = powers.writesHosts(each.right);
        return writes === false ? [] : [{ ...each, certain: writes === true }];
    });
    const byRight = new Map(writers.map(writer => [writer.right, writer]));
    const best = writers.find(({ certain }) => certain) ?? writers[0];
    return ({ right }) => byRight.get(right) ?? best;
};

/** Both rights through one group are the group's own step, not its member's. */
const isOfGroup = (a: HeldRole, b: HeldRole): boolean => a.by.length > 0 && a.right.holder === b.right.holder;

const isRole = (right: Right): right is RoleRight => right.kind === "role";

const heldBy = ({ rightsOf, groups }: Building, holder: string): readonly HeldRole[] => {
    const rolesOf = (key: string): readonly RoleRight[] => (rightsOf.get(key) ?? []).filter(isRole);
    const own = rolesOf(holder).map((right): HeldRole => ({ right, by: [] }));
    const lent = (groups.get(holder) ?? []).flatMap(({ group, by }) =>
        rolesOf(group).map((right): HeldRole => ({ right, by })),
    );
    return [...own, ...lent];
};

/**
 * Adds what one can attach identities to: resources that run code. Azure asks the caller for both rights at once, so
 * that they have to be those of one principal and its groups.
 * Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-assign-managed-identity
 */
export const addAttachments = (building: Building, holder: string): void => {
    const { names, powers, ways } = building;
    if (!ways.takeovers.some(({ needsHost }) => needsHost === true)) return;
    const held = heldBy(building, holder);
    const writerFor = writerAmong(held, building);
    for (const assigner of held) {
        const writer = writerFor(assigner);
        if (writer === undefined || isOfGroup(assigner, writer)) continue;
        const by = [...new Set([...assigner.by, assigner.right.key, ...writer.by, writer.right.key])];
        lead(building, holder, placesOf(assigner.right), at => {
            const [takeover, power] = [ways.takeovers[at], powers.of(assigner.right)[at]];
            if (takeover?.needsHost !== true || power === undefined) return undefined;
            const step = stepOf(assigner.right, takeover, power, rightName(assigner.right, names));
            return { ...step, by, certain: step.certain && writer.certain };
        });
    }
};
