import type { ResourceType, Write, Written } from "../resource-type.ts";
import { fault, nameRule, PAGE, times } from "./fault.ts";

const isJson = (text: string): boolean => {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
};

const write = ({ properties, existing, now }: Write): Written => {
    const { value, isEncrypted, description } = properties;
    if (value !== undefined && value !== null && !(typeof value === "string" && isJson(value))) {
        throw fault(400, "Invalid JSON - Kindly check the value of the variable.");
    }
    const encrypted = isEncrypted === true;
    if (existing && isEncrypted !== undefined && existing.properties["isEncrypted"] !== encrypted) {
        throw fault(400, "The isEncrypted property of an existing variable cannot be changed.");
    }
    return {
        properties: {
            ...(!encrypted && { value: value ?? null }),
            isEncrypted: existing?.properties["isEncrypted"] ?? encrypted,
            description: description ?? null,
            ...times(existing, now),
        },
    };
};

/** The value of an encrypted variable is neither returned nor kept: nothing in the sandbox could use it. */
export const VARIABLE: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/variables",
    pageSize: PAGE,
    checkName: nameRule("variable", /^[a-zA-Z_][\w\s.-]{0,127}$/, "1 to 128 letters, digits and underscores"),
    write,
};
