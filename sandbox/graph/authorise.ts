import type { MiddlewareHandler } from "hono";
import { allows, isKnown, parseCall } from "../../access/calls.ts";
import type { Call } from "../../access/calls.ts";
import type { SandboxEnv } from "../caller.ts";
import { AzureError } from "../error.ts";
import { badRequest } from "./errors.ts";

const readCall = (method: string, url: string): Call => {
    const { pathname, search } = new URL(url);
    try {
        return parseCall(`${method === "HEAD" ? "GET" : method} ${pathname}${search.replaceAll(" ", "%20")}`);
    } catch (error) {
        throw badRequest((error as Error).message);
    }
};

/** The call that decides: the fact tables list no single grant (`…/appRoleAssignedTo/{id}`), which its collection governs. */
const governing = (call: Call): Call => {
    let candidate = call;
    while (!isKnown(candidate) && candidate.path.lastIndexOf("/") > 0) {
        candidate = { ...candidate, path: candidate.path.slice(0, candidate.path.lastIndexOf("/")) };
    }
    return candidate;
};

/** Refuses a call that the permissions in the caller's token do not allow by the fact tables. */
export const authorise: MiddlewareHandler<SandboxEnv> = async (context, next) => {
    const path = new URL(context.req.url).pathname;
    if (/^\/(v1\.0|beta)\/me(\/|$)/i.test(path)) {
        throw new AzureError(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
    }
    if (!/\/\$(batch|metadata)$/.test(path)) {
        const call = governing(readCall(context.req.method, context.req.url));
        if (!allows(context.get("caller").roles, call)) {
            throw new AzureError(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
            );
        }
    }
    await next();
};
