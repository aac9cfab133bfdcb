import type { RestResponse } from "../retry.ts";
import { isObject } from "../values.ts";

const read = (value: unknown, key: string): string =>
    isObject(value) && typeof value[key] === "string" ? value[key] : "";

/** An answer of Resource Manager that is an error, in the plugin's words: `Status=409 Code="…" Message="…"`. */
export class ArmError extends Error {
    override readonly name = "ArmError";
    readonly status: number;
    readonly code: string;

    constructor(response: RestResponse) {
        const error = isObject(response.body) ? (response.body["error"] ?? response.body) : undefined;
        const code = read(error, "code");
        const message = read(error, "message") || JSON.stringify(response.body ?? "");
        super(`Status=${response.status}${code === "" ? "" : ` Code="${code}"`} Message="${message}"`);
        this.status = response.status;
        this.code = code;
    }
}

/** Whether Azure said that it does not have what was asked for. */
export const isNotFound = (error: unknown): boolean => error instanceof ArmError && error.status === 404;
