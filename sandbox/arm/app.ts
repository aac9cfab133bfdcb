import { badRequest, textAt } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

const writeEnvironment = ({ properties, name, existing, body }: Write): Written => {
    const location = existing?.location ?? String(body["location"]).replaceAll(" ", "").toLowerCase();
    return {
        properties: {
            ...properties,
            defaultDomain: `${name.toLowerCase()}.${location}.azurecontainerapps.io`,
            provisioningState: "Succeeded",
        },
    };
};

const writeApp = ({ cloud, properties, name }: Write): Written => {
    const environmentId = textAt(properties, "managedEnvironmentId") ?? textAt(properties, "environmentId") ?? "";
    const environment = cloud.resources.get(environmentId.toLowerCase());
    if (!environment) {
        throw badRequest(
            "InvalidParameterValueInContainerTemplate",
            `The environment '${environmentId}' of the container app '${name}' does not exist.`,
        );
    }
    const fqdn = `${name}.${String(environment.properties["defaultDomain"])}`;
    return {
        properties: {
            ...properties,
            environmentId,
            managedEnvironmentId: environmentId,
            latestRevisionFqdn: fqdn,
            provisioningState: "Succeeded",
            runningStatus: "Running",
        },
    };
};

const checkName = (name: string): void => {
    if (/^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/.test(name)) return;
    throw badRequest(
        "ContainerAppInvalidName",
        `Invalid ContainerApp name '${name}'. A name must consist of lower case alphanumeric characters or '-', start with an ` +
            "alphabetic character, and end with an alphanumeric character and cannot have '--'. The length must not be more than 32 characters.",
    );
};

/** Container apps and the environments they run in. */
export const APP_TYPES: readonly ResourceType[] = [
    { type: "Microsoft.App/managedEnvironments", tracked: true, identity: true, write: writeEnvironment },
    { type: "Microsoft.App/containerApps", tracked: true, identity: true, checkName, write: writeApp },
];
