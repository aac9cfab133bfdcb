import type { OpType } from "@pulumi/pulumi/automation/index.js";
import type { Changes } from "./engine-events.ts";

const DONE: readonly (readonly [OpType, string])[] = [
    ["create", "created"],
    ["import", "imported"],
    ["update", "updated"],
    ["replace", "replaced"],
    ["delete", "deleted"],
];

const count = (changes: Changes, op: OpType): number => changes[op] ?? 0;

/** True when an operation changed a resource. */
export const hasChanges = (changes: Changes): boolean => DONE.some(([op]) => count(changes, op) > 0);

const words = (changes: Changes, phrase: (word: string) => string): string => {
    const unchanged = count(changes, "same");
    if (!hasChanges(changes)) return `no changes: ${unchanged} resources as declared`;
    const parts = DONE.filter(([op]) => count(changes, op) > 0).map(
        ([op, word]) => `${count(changes, op)} ${phrase(word)}`,
    );
    return [...parts, ...(unchanged > 0 ? [`${unchanged} unchanged`] : [])].join(", ");
};

/** `12 created, 3 updated, 40 unchanged`, or that there are no changes. */
export const changeWords = (changes: Changes): string => words(changes, word => word);

/** `12 to be created, 3 to be updated, 40 unchanged`, or that there are no changes. */
export const plannedWords = (changes: Changes): string => words(changes, word => `to be ${word}`);
