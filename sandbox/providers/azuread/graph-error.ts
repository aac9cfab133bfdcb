import { STATUS_CODES } from "node:http";
import type { RestResponse } from "../retry.ts";
import { isObject } from "../values.ts";

/** The code and message of a Graph error, as the plugin prints them: `Request_BadRequest: …`. */
export const graphMessage = (response: RestResponse): string => {
    const error = isObject(response.body) ? response.body["error"] : undefined;
    if (!isObject(error)) return JSON.stringify(response.body ?? "");
    return `${String(error["code"])}: ${String(error["message"])}`;
};

/** An answer of Microsoft Graph that is an error, in the plugin's words. */
export class GraphError extends Error {
    override readonly name = "GraphError";
    readonly status: number;

    constructor(summary: string, response: RestResponse) {
        const status = `${response.status} (${response.status} ${STATUS_CODES[response.status] ?? ""})`;
        super(`${summary}: unexpected status ${status} with error: ${graphMessage(response)}`);
        this.status = response.status;
    }
}
