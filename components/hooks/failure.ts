/** What an error of a provider means for the operation that failed. */
export type Failure = "passing" | "exists" | "final";

/** Not replicated yet, overtaken by another change, throttled, or a server's bad moment. */
const PASSING: readonly RegExp[] = [
    /PrincipalNotFound/i,
    /does not exist in the directory/i,
    /RoleDefinitionDoesNotExist/i,
    /Not a valid reference update/i,
    /Request_ResourceNotFound/i,
    /now absent/i,
    /expected non-nil error with nil state/i,
    /Directory_ConcurrencyViolation/i,
    /ConcurrentFederatedIdentityCredentialsWrites/i,
    /TooManyRequests|\b429\b/i,
    /(Internal|Bad)?(ServerError|BadGateway|ServiceUnavailable|GatewayTimeout)|\b50[0234]\b/i,
    /HTTP response was nil|connection may have been reset/i,
    /ECONNRESET|ECONNREFUSED|ETIMEDOUT|socket hang up|connection reset|unexpected EOF|\bEOF\b/i,
];

const EXISTS: readonly RegExp[] = [
    /Permission being assigned already exists on the object/i,
    /job ?schedule with (the )?same id already exists/i,
    /RoleAssignmentExists/i,
    /RoleAssignmentUpdateNotPermitted/i,
    /cannot create already existing resource/i,
    /RoleDefinitionWithSameNameExists/i,
];

/** Reads the newest error of an operation. */
export const failureOf = (error: string): Failure => {
    if (EXISTS.some(pattern => pattern.test(error))) return "exists";
    return PASSING.some(pattern => pattern.test(error)) ? "passing" : "final";
};
