import type { Location } from "./model.ts";

/** A call or action in the code of a workload. */
export interface SourceCall {
    /** `GET /users/{id}`, or an Azure action. */
    readonly call: string;
    /** Properties that it asks for and that change what it needs. */
    readonly properties?: readonly string[];
    readonly at: Location;
}

/** What the code of a workload does. */
export interface Code {
    readonly calls: readonly SourceCall[];
    readonly actions?: readonly SourceCall[];
    /** Whether that is all it does. */
    readonly complete: boolean;
}

/** Where things are written, as far as that is known. */
export interface Sources {
    /** The line of the program that declares a resource, by URN. */
    readonly resources?: Readonly<Record<string, Location>>;
    /** What the code of a workload does, by key of its identity. */
    readonly code?: Readonly<Record<string, Code>>;
}

/** What a record has of its own under a key that others chose. */
const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
    record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

/** The line that declares a resource. */
export const lineOfResource = ({ resources }: Sources, urn: string): Location | undefined => own(resources, urn);

/** What the code of an identity does, as far as that is known. */
export const codeOf = ({ code }: Sources, identity: string): Code | undefined => own(code, identity);

/** A call with the properties that it asks for. */
export const withProperties = ({ call, properties = [] }: SourceCall): string =>
    properties.length === 0 ? call : `${call}?$select=${properties.join(",")}`;

/** The lines where the code of an identity makes a call or takes an action, in their order. */
export const linesOf = (sources: Sources, identity: string, call: string): Location[] => {
    const code = codeOf(sources, identity);
    return [...(code?.calls ?? []), ...(code?.actions ?? [])]
        .filter(each => each.call.toLowerCase() === call.toLowerCase())
        .map(({ at }) => at)
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
};
