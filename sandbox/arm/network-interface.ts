import type { Cloud } from "../cloud.ts";
import type { ArmResource } from "../records.ts";
import { badRequest, isObject, objectAt, textAt } from "./request.ts";
import type { Json } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

/** The type. */
export const INTERFACE = "Microsoft.Network/networkInterfaces";

const provisioned = { provisioningState: "Succeeded" };

/**
 * Checks that a resource which a body refers to exists.
 * @throws InvalidResourceReference
 */
export const requireReference = (cloud: Cloud, reference: string, from: string): ArmResource => {
    const found = cloud.resources.get(reference.toLowerCase());
    if (found) return found;
    throw badRequest(
        "InvalidResourceReference",
        `Resource ${reference} referenced by resource ${from} was not found. Please make sure that the referenced resource exists, ` +
            "and that both resources are in the same region.",
    );
};

/** The objects in the list at a key. */
export const itemsAt = (properties: Json, key: string): readonly Json[] => {
    const items = properties[key];
    return Array.isArray(items) ? items.filter(isObject) : [];
};

const writeInterface = ({ cloud, id, properties, existing }: Write): Written => {
    const configurations = itemsAt(properties, "ipConfigurations");
    if (configurations.length === 0) {
        throw badRequest(
            "NetworkInterfaceMustHaveIpConfiguration",
            `Network interface ${id} must have at least one IP configuration.`,
        );
    }
    const ipConfigurations = configurations.map((ip, index) => {
        const inner = objectAt(ip, "properties");
        const subnet = textAt(objectAt(inner, "subnet"), "id");
        if (subnet !== undefined) requireReference(cloud, subnet, id);
        const name = textAt(ip, "name") ?? `ipconfig${index + 1}`;
        return {
            ...ip,
            id: `${id}/ipConfigurations/${name}`,
            name,
            properties: {
                privateIPAllocationMethod: "Dynamic",
                privateIPAddress: `10.0.0.${index + 4}`,
                primary: index === 0,
                ...inner,
                ...provisioned,
            },
        };
    });
    const kept = { resourceGuid: existing?.properties["resourceGuid"] ?? cloud.newId(id) };
    return { properties: { ...properties, ...kept, ipConfigurations, ...provisioned } };
};

/** Network interfaces: what ties a virtual machine to a subnet. */
export const NETWORK_INTERFACE: ResourceType = {
    type: INTERFACE,
    tracked: true,
    write: writeInterface,
    beforeDelete: (card, { cloud }) => {
        const machine = cloud.resources.get(
            textAt(objectAt(card.properties, "virtualMachine"), "id")?.toLowerCase() ?? "",
        );
        if (!machine) return;
        throw badRequest(
            "NicInUse",
            `Network Interface ${card.id} is used by existing resource ${machine.id}. In order to delete the network interface, ` +
                "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
        );
    },
};
