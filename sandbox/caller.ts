/** Who made a request, from its access token. */
export interface Caller {
    /** Object id of the service principal. */
    readonly objectId: string;
    readonly appId: string;
    /** Application permissions on the token's audience. */
    readonly roles: ReadonlySet<string>;
}

/** What the sandbox's routes find in a Hono context. */
export interface SandboxEnv {
    Variables: {
        caller: Caller;
        requestId: string;
        /** Kind of the fault that befell the request. */
        fault: string | undefined;
    };
}
