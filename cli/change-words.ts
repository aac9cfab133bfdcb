import type { OpType } from "@pulumi/pulumi/automation/index.js";
import type { Changes } from "./engine-events.ts";

const DONE: readonly (readonly [OpType, string])[] = [
    ["create", "created"],
    ["import", "imported"],
    ["update", "updated"],
    ["replace", "replaced"],
    ["delete", "deleted"],
];

const planned = (word: string): string => `to be ${word}`;

const count = (changes: Changes, op: OpType): number => changes[op] ?? 0;

/** Number of resources that an operation left as they were. */
export const unchanged = (changes: Changes): number => count(changes, "same");

/** True when an operation changed a resource. */
export const hasChanges = (changes: Changes): boolean => DONE.some(([op]) => count(changes, op) > 0);

/** `12 created, 3 updated, 40 unchanged`, or that there are no changes. */
export const changeWords = (changes: Changes, mode: "done" | "planned" = "done"): string => {
    if (!hasChanges(changes)) return `no changes: ${unchanged(changes)} resources as declared`;
    const parts = DONE.filter(([op]) => count(changes, op) > 0).map(
        ([op, word]) => `${count(changes, op)} ${mode === "done" ? word : planned(word)}`,
    );
    return [...parts, ...(unchanged(changes) > 0 ? [`${unchanged(changes)} unchanged`] : [])].join(", ");
};
