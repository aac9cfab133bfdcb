import type { Location } from "./model.ts";

/** A call or action in the code of a workload. */
export interface SourceCall {
    /** `GET /users/{id}`, or an Azure action. */
    readonly call: string;
    readonly at: Location;
}

/** Where things are written, as far as that is known. */
export interface Sources {
    /** The line of the program that declares a resource, by URN. */
    readonly resources?: Readonly<Record<string, Location>>;
    /** What the code of a workload does, by key of its identity. */
    readonly code?: Readonly<
        Record<
            string,
            {
                readonly calls: readonly SourceCall[];
                readonly actions?: readonly SourceCall[];
                /** Whether that is all the code does. */
                readonly complete: boolean;
            }
        >
    >;
}

/** The lines where the code of an identity makes a call or takes an action, in their order. */
export const linesOf = (sources: Sources, identity: string, call: string): Location[] => {
    const code = sources.code?.[identity];
    const own = [...(code?.calls ?? []), ...(code?.actions ?? [])];
    return own
        .filter(each => each.call.toLowerCase() === call.toLowerCase())
        .map(({ at }) => at)
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
};
