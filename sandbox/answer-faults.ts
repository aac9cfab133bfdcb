import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import type { SandboxEnv } from "./caller.ts";
import { AzureError } from "./error.ts";
import type { Decision, FaultDecider } from "./fault-decider.ts";
import { concurrencyViolation } from "./graph/errors.ts";
import type { RequestLog } from "./request-log.ts";

type SomeFault = NonNullable<Decision["fault"]>;

/** The error that stands in for the answer; undefined for faults that let the request through. */
const errorBefore = (fault: SomeFault): AzureError | undefined => {
    if (fault.kind === "throttle") {
        return new AzureError(429, "TooManyRequests", "The request was throttled. Please retry after the time given.", {
            "retry-after": String(fault.retryAfter),
        });
    }
    if (fault.kind === "error-before") {
        return new AzureError(
            fault.status,
            "ServiceUnavailable",
            "The service is temporarily unavailable. Please retry.",
        );
    }
    return fault.kind === "conflict" ? concurrencyViolation(fault.status) : undefined;
};

/** Breaks the connection: the client never learns that its write was done. */
const breakConnection = (context: Context<SandboxEnv>): Response => {
    (context.env as unknown as HttpBindings).incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
};

/** Delays, refuses or loses answers as the fault plan says. `commit` must have run when an answer is lost. */
export const answerFaults = (
    decider: FaultDecider,
    log: RequestLog,
    commit: () => void,
): MiddlewareHandler<SandboxEnv> => {
    return async (context, next) => {
        const { delayMs, slowed, fault } = decider.decide(context.req.method, context.req.path);
        if (slowed) log.countFault("latency");
        if (delayMs > 0) await sleep(delayMs);
        const error = fault && errorBefore(fault);
        if (error && fault) {
            context.set("fault", fault.kind);
            throw error;
        }
        await next();
        commit();
        if (fault === undefined || !context.res.ok) return;
        context.set("fault", fault.kind);
        if (fault.kind === "lost") context.res = breakConnection(context);
        if (fault.kind === "error-after") {
            throw new AzureError(
                fault.status,
                "InternalServerError",
                "The server encountered an internal error. Please retry.",
            );
        }
    };
};
