import { subjectsOf } from "./adapter/index.ts";
import type { PlainResource } from "./adapter/resource.ts";
import type { StackDefinitions } from "./adapter/stack-definitions.ts";
import type { Subject, SubjectKind } from "./adapter/subjects.ts";

/** What one resource was read as; reading again throws what it threw the first time. */
export interface Reading {
    readonly resource: PlainResource;
    readonly read: () => readonly Subject[];
}

/** Reads what rules of a kind judge in a resource. */
export const readingOf = (kind: SubjectKind, resource: PlainResource, defined: StackDefinitions): Reading => {
    try {
        const subjects = subjectsOf(kind, resource, defined);
        return { resource, read: () => subjects };
    } catch (error) {
        return {
            resource,
            read: () => {
                throw error;
            },
        };
    }
};

/** Whether there is something to judge, or a reason to tell why there is not. */
export const isOfConcern = ({ read }: Reading): boolean => {
    try {
        return read().length > 0;
    } catch {
        return true;
    }
};
