import { badRequest, isObject } from "../request.ts";
import type { ResourceType, Write, Written } from "../resource-type.ts";
import { nameRule, times } from "./fault.ts";

const SKUS = ["Basic", "Free"];

const skuOf = ({ properties }: Write): unknown => {
    const { sku } = properties;
    if (sku === undefined) return { name: "Basic" };
    const name = isObject(sku) ? sku["name"] : undefined;
    if (typeof name === "string" && SKUS.includes(name)) return { name };
    throw badRequest("BadRequest", `The sku '${String(name)}' is not valid; expected one of ${SKUS.join(", ")}.`);
};

const write = (request: Write): Written => {
    const { existing, properties, caller, now, name } = request;
    const host = `${name.toLowerCase()}.agentsvc.azure-automation.net`;
    return {
        properties: {
            publicNetworkAccess: true,
            disableLocalAuth: false,
            encryption: { keySource: "Microsoft.Automation" },
            ...properties,
            sku: skuOf(request),
            state: "Ok",
            RegistrationUrl: `https://${host}/accounts/${name}`,
            automationHybridServiceUrl: `https://${host}/automationAccounts/${name}`,
            ...times(existing, now),
            lastModifiedBy: caller.appId,
        },
    };
};

/** Source: https://learn.microsoft.com/rest/api/automation/automation-account */
export const ACCOUNT: ResourceType = {
    type: "Microsoft.Automation/automationAccounts",
    tracked: true,
    identity: true,
    checkName: nameRule(
        "automation account",
        /^[a-zA-Z][a-zA-Z0-9-]{4,48}[a-zA-Z0-9]$/,
        "6 to 50 letters, digits and hyphens, starting with a letter and not ending with a hyphen",
    ),
    write,
};
