/** A request answered with an error, with Azure's own status, code and text. */
export class AzureError extends Error {
    readonly status: number;
    readonly code: string;
    readonly headers: Readonly<Record<string, string>>;

    constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
        super(message);
        this.name = "AzureError";
        this.status = status;
        this.code = code;
        this.headers = headers;
    }
}

/**
 * The body Resource Manager sends with an error.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/common-deployment-errors
 */
export const armErrorBody = (error: AzureError): object => ({ error: { code: error.code, message: error.message } });

/**
 * The body Microsoft Graph sends with an error.
 * Source: https://learn.microsoft.com/graph/errors
 */
export const graphErrorBody = (error: AzureError, requestId: string, date: Date): object => ({
    error: {
        code: error.code,
        message: error.message,
        innerError: {
            date: date.toISOString().slice(0, 19),
            "request-id": requestId,
            "client-request-id": requestId,
        },
    },
});

/**
 * The body the token endpoint sends with an error: OAuth's, with Entra's AADSTS text.
 * Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const signInErrorBody = (error: AzureError, requestId: string, date: Date): object => {
    const [number] = /\d+/.exec(error.message) ?? [];
    return {
        error: error.code,
        error_description: `${error.message} Trace ID: ${requestId} Timestamp: ${date.toISOString()}`,
        error_codes: number === undefined ? [] : [Number(number)],
        timestamp: date.toISOString(),
        trace_id: requestId,
        correlation_id: requestId,
    };
};
