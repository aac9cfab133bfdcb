import { count, difference } from "../access/action-set.ts";
import { roleReach } from "../access/azure-reach.ts";
import { isDecided } from "../access/model.ts";
import type { Right } from "../access/model.ts";
import type { Names } from "./names.ts";
import { counted } from "./count.ts";
import { reviewedRight } from "./rights.ts";

/** What a role of the same name allows more or less than before. */
const actions = (before: Right, after: Right): string[] => {
    if (before.kind !== "role" || after.kind !== "role") return [];
    if (!isDecided(before.definition) || !isDecided(after.definition)) return [];
    const [was, is] = [roleReach(before.definition).opens, roleReach(after.definition).opens];
    const [more, less] = [count(difference(is, was)), count(difference(was, is))];
    return [
        ...(more > 0 ? [`${counted(more, "more action")}`] : []),
        ...(less > 0 ? [`${counted(less, "action")} fewer`] : []),
    ];
};

const KINDS_OF_IDENTITY = /^unknown:/;

/** How a right differs from what it was, in words. */
export const differences = (before: Right, after: Right, names: Names): readonly string[] => {
    const [was, is] = [before, after].map(right => reviewedRight(right, names, {}));
    if (was === undefined || is === undefined) return [];
    const isOfAnother = before.holder !== after.holder && !KINDS_OF_IDENTITY.test(after.holder);
    return [
        ...(isOfAnother ? [`was held by '${names.of(before.holder)}'`] : []),
        ...(was.what === is.what ? [] : [`was '${was.what}'`]),
        ...(was.on === is.on ? [] : [`was on '${was.on}'`]),
        ...was.limits.filter(limit => !is.limits.includes(limit)).map(limit => `no longer bounded: ${limit}`),
        ...is.limits.filter(limit => !was.limits.includes(limit)).map(limit => `now bounded: ${limit}`),
        ...actions(before, after),
    ];
};
