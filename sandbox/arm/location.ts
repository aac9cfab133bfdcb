import type { ArmResource } from "../records.ts";
import { badRequest, conflict, textAt } from "./request.ts";
import type { Json } from "./request.ts";

/**
 * Public Azure regions.
 * Source: https://learn.microsoft.com/azure/reliability/regions-list
 */
const REGIONS = new Set(
    (
        "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth " +
        "brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2 " +
        "francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast " +
        "japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth " +
        "northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest " +
        "southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest " +
        "uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3"
    ).split(" "),
);

/** `West Europe` as Azure returns it: `westeurope`. */
export const normaliseLocation = (location: string): string => location.replaceAll(" ", "").toLowerCase();

const checkRegion = (location: string, what: string): void => {
    if (REGIONS.has(location) || location === "global") return;
    throw badRequest(
        `LocationNotAvailableFor${what === "resource group" ? "ResourceGroup" : "ResourceType"}`,
        `The provided location '${location}' is not available for ${what}. ` +
            `List of available regions is '${[...REGIONS].join(",")}'.`,
    );
};

/**
 * The location of a tracked resource after a write.
 * @throws LocationRequired, LocationNotAvailableForResourceType, InvalidResourceLocation
 */
export const locationOf = (
    body: Json,
    existing: ArmResource | undefined,
    resource: { readonly type: string; readonly name: string; readonly group: string },
): string => {
    const sent = textAt(body, "location");
    if (sent === undefined || sent === "") {
        if (existing?.location !== undefined) return existing.location;
        throw badRequest("LocationRequired", "The location property is required for this definition.");
    }
    const location = normaliseLocation(sent);
    checkRegion(location, `resource type '${resource.type}'`);
    if (existing?.location === undefined || existing.location === location) return location;
    throw conflict(
        "InvalidResourceLocation",
        `The resource '${resource.name}' already exists in location '${existing.location}' in resource group ` +
            `'${resource.group}'. A resource with the same name cannot be created in location '${location}'. ` +
            "Please select a new resource name.",
    );
};

/**
 * The location of a resource group after a write.
 * @throws LocationRequired, LocationNotAvailableForResourceGroup, InvalidResourceGroupLocation
 */
export const groupLocationOf = (body: Json, existing: ArmResource | undefined): string => {
    const sent = textAt(body, "location");
    if (sent === undefined || sent === "") {
        throw badRequest("LocationRequired", "The location property is required for this definition.");
    }
    const location = normaliseLocation(sent);
    checkRegion(location, "resource group");
    if (existing?.location === undefined || existing.location === location) return location;
    throw conflict(
        "InvalidResourceGroupLocation",
        `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
    );
};
