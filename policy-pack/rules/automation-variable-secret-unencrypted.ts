import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";
import { SECRET_VALUE } from "../secret-text.ts";

const SECRET_NAME =
    /passw(or)?d|pwd|secret|token|credential|private.?key|api.?key|access.?key|account.?key|connection.?string/i;

/** What is said about a secret, and is none: where it is, what it is called, how long it holds. */
const ABOUT_SECRET =
    /(name|uri|url|uris|urls|endpoint|id|ids|path|type|scope|audience|version|vault|policy|length|count|days|hours|minutes|expiry|expires|lifetime|rotation)$/i;

const DEPTH = 20;

/** Where a variable holds an object, the path of the first part of it that is named as a secret and holds something. */
const secretPart = (value: unknown, path: string, depth = 0): string | undefined => {
    if (value === null || typeof value !== "object" || depth > DEPTH) return undefined;
    for (const [key, part] of Object.entries(value)) {
        const at = path === "" ? key : `${path}.${key}`;
        const isText = typeof part === "string" && part !== "";
        if (isText && SECRET_NAME.test(key) && !ABOUT_SECRET.test(key)) return at;
        const within = secretPart(part, at, depth + 1);
        if (within !== undefined) return within;
    }
    return undefined;
};

const parsed = (text: string): unknown => {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
};

export const automationVariableSecretUnencrypted = rule({
    name: "automation-variable-secret-unencrypted",
    description: "An Automation variable that holds a secret is encrypted.",
    severity: "high",
    controls: { mcsb: "IM-8" },
    remediationSteps: "Set isEncrypted to true, or better, read the secret from a key vault as the account's identity.",
    judges: "automation-variable",
    needs: ["variable", "encrypted"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Variables that look like a secret and hold none, by name or pattern.",
        },
    },
    check: ({ variable, encrypted, value }, { allowed }) => {
        if (encrypted || isListed(allowed, variable)) return [];
        if (SECRET_NAME.test(variable) && !ABOUT_SECRET.test(variable))
            return [`variable '${variable}' is named as a secret and not encrypted`];
        if (typeof value !== "string") return [];
        if (SECRET_VALUE.test(value))
            return [`variable '${variable}' holds what looks like a secret and is not encrypted`];
        const part = secretPart(parsed(value), "");
        return part === undefined
            ? []
            : [`variable '${variable}' holds '${part}', which is named as a secret, and is not encrypted`];
    },
});
