import { AzureError } from "../error.ts";

/** What Graph answers where an object is missing, or not yet replicated. */
export const notFound = (id: string): AzureError =>
    new AzureError(
        404,
        "Request_ResourceNotFound",
        `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );

/** What Graph answers to a wrong request. */
export const badRequest = (message: string): AzureError => new AzureError(400, "Request_BadRequest", message);

/** What Graph answers to two changes of one object at the same time. */
export const concurrencyViolation = (status: 409 | 503 = 409): AzureError =>
    new AzureError(
        status,
        "Directory_ConcurrencyViolation",
        "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
        status === 409 ? { "retry-after": "1" } : {},
    );
