import { isGuid } from "../../access/guid.ts";
import type { Context } from "hono";
import type { SandboxEnv } from "../caller.ts";
import { badRequest } from "./errors.ts";

/** A request's JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON object a request sends.
 * @throws AzureError 400 when it sends none
 */
export const readBody = async (context: Context<SandboxEnv>): Promise<Body> => {
    const body: unknown = await context.req.json().catch(() => undefined);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
    throw badRequest(
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
};

/** A property that must be a GUID. */
export const guidIn = (body: Body, name: string): string => {
    const value = body[name];
    if (typeof value === "string" && isGuid(value)) return value.toLowerCase();
    throw badRequest(
        value === undefined
            ? `A value is required for property '${name}' of resource 'AppRoleAssignment'.`
            : `Cannot convert the literal '${String(value)}' to the expected type 'Edm.Guid'.`,
    );
};

/** A property that must be text and not empty. */
export const textIn = (body: Body, name: string, resource: string): string => {
    const value = body[name];
    if (typeof value === "string" && value !== "") return value;
    throw badRequest(`A value is required for property '${name}' of resource '${resource}'.`);
};

/** A body's properties but those with these names. */
export const without = (body: Body, ...names: readonly string[]): Body =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
