import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "../provider.ts";
import type { Properties } from "../values.ts";
import type { ResourceType } from "./resource-type.ts";

/** Set in the inputs of a resource with a random name: only such a one can exist beside its replacement. */
export const CREATE_BEFORE_DELETE = "__createBeforeDelete";

const RANDOM_DIGITS = 8;

const hex = (seed: Uint8Array, label: string): string =>
    createHash("sha256")
        .update(seed.length > 0 ? seed : randomBytes(16))
        .update(label)
        .digest("hex");

const guid = (digits: string): string =>
    [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20, 32)].join(
        "-",
    );

/** A resource below another one keeps its logical name; one at the top of its provider gets a random ending. */
const isChild = (type: ResourceType): boolean =>
    (type.row.path.split("/providers/").at(1)?.match(/\{/g) ?? []).length > 1;

/**
 * Names a resource that the program did not name, as the plugin does: a GUID, a copy of the logical name, or that name
 * with random digits; the old name where there is one.
 */
export const nameResource = (type: ResourceType, request: CheckRequest): Properties => {
    const { olds, autonaming, randomSeed, name } = request;
    const old = olds[type.nameInput];
    if (old !== undefined) return { [type.nameInput]: old, ...flag(olds[CREATE_BEFORE_DELETE] === true) };
    if (autonaming?.mode === "disable") return {};
    const proposed = autonaming !== undefined && (autonaming.mode === "enforce" || type.row.guidName !== true);
    if (proposed) return { [type.nameInput]: autonaming.name, ...flag(true) };
    if (type.row.guidName) return { [type.nameInput]: guid(hex(randomSeed, name)), ...flag(true) };
    if (isChild(type)) return { [type.nameInput]: name };
    return { [type.nameInput]: name + hex(randomSeed, name).slice(0, RANDOM_DIGITS), ...flag(true) };
};

const flag = (random: boolean): Properties => (random ? { [CREATE_BEFORE_DELETE]: true } : {});
