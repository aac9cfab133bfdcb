import type { Value } from "./values.ts";

/** A request as a command makes it. */
export interface Request {
    readonly address: Value;
    /** Undefined when the command says none: GET. */
    readonly method: Value | undefined;
    readonly body?: Value | undefined;
    readonly line: number;
    readonly via: string;
    /** What an address without a host is relative to. */
    readonly relativeTo?: "graph" | "arm";
    /** Version of a relative Graph path without one. @default - v1.0 */
    readonly version?: "v1.0" | "beta";
    /** Whether it carries a right; one that does not is of no interest when its address is unknown. */
    readonly authorised: boolean;
    /** Whether a body without a method means POST, as third-party commands have it. */
    readonly impliesPost?: boolean;
    /** Whether its address is what the caller of a function says, that nothing calls. */
    readonly isAsked?: boolean;
    /** More of the query, given beside the address. */
    readonly query?: string;
}
