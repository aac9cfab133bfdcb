import type { Cloud } from "../cloud.ts";
import type { ArmResource } from "../records.ts";
import { defaultView, removeTree } from "./crud.ts";
import { badRequest, isObject, objectAt, textAt } from "./request.ts";
import type { ArmRequest, Json } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

const NETWORK = "Microsoft.Network/virtualNetworks";
const SUBNET = `${NETWORK}/subnets`;
const INTERFACE = "Microsoft.Network/networkInterfaces";

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

const itemsAt = (properties: Json, key: string): readonly Json[] => {
    const items = properties[key];
    return Array.isArray(items) ? items.filter(isObject) : [];
};

const subnetsOf = (cloud: Cloud, network: string): readonly ArmResource[] =>
    cloud.resources.by("parent", network.toLowerCase()).filter(({ type }) => type === SUBNET);

const interfacesIn = (cloud: Cloud, subnet: string): readonly string[] =>
    cloud.resources
        .by("type", INTERFACE.toLowerCase())
        .filter(({ properties }) =>
            itemsAt(properties, "ipConfigurations").some(
                ip =>
                    textAt(objectAt(objectAt(ip, "properties"), "subnet"), "id")?.toLowerCase() ===
                    subnet.toLowerCase(),
            ),
        )
        .map(({ id }) => id);

const checkSubnetFree = (cloud: Cloud, subnet: ArmResource): void => {
    const [user] = interfacesIn(cloud, subnet.id);
    if (user === undefined) return;
    throw badRequest(
        "InUseSubnetCannotBeDeleted",
        `Subnet ${subnet.name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources ` +
            "within the subnet. See aka.ms/deletesubnet.",
    );
};

/** Subnets written with their network are resources of their own. */
const writeSubnets = ({ cloud, id, body }: Write): void => {
    const sent = objectAt(body, "properties")["subnets"];
    if (!Array.isArray(sent)) return;
    const wanted = new Map(sent.filter(isObject).map(subnet => [textAt(subnet, "name")?.toLowerCase() ?? "", subnet]));
    for (const subnet of subnetsOf(cloud, id)) {
        if (!wanted.has(subnet.name.toLowerCase())) removeTree(cloud, subnet.id);
    }
    for (const [key, subnet] of wanted) {
        const name = textAt(subnet, "name") ?? key;
        const subnetId = `${id}/subnets/${name}`;
        const properties = { ...objectAt(subnet, "properties"), ...provisioned };
        cloud.resources.set(subnetId.toLowerCase(), { id: subnetId, name, type: SUBNET, properties });
    }
};

const writeNetwork = ({ properties, cloud, id }: Write): Written => {
    const { subnets, ...rest } = properties;
    if (
        itemsAt(objectAt(rest, "addressSpace"), "addressPrefixes").length === 0 &&
        !Array.isArray(objectAt(rest, "addressSpace")["addressPrefixes"])
    ) {
        throw badRequest(
            "InvalidRequestFormat",
            "Cannot parse the request: the address space of the virtual network has no address prefixes.",
        );
    }
    const names = itemsAt({ subnets }, "subnets").map(subnet => textAt(subnet, "name")?.toLowerCase());
    if (Array.isArray(subnets)) {
        for (const subnet of subnetsOf(cloud, id))
            if (!names.includes(subnet.name.toLowerCase())) checkSubnetFree(cloud, subnet);
    }
    return { properties: { ...rest, ...provisioned } };
};

const networkView = (network: ArmResource, { cloud }: ArmRequest): Json =>
    defaultView({
        ...network,
        properties: { ...network.properties, subnets: subnetsOf(cloud, network.id).map(defaultView) },
    });

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

/** Virtual networks, subnets and network interfaces: as much as a virtual machine needs. */
export const NETWORK_TYPES: readonly ResourceType[] = [
    {
        type: NETWORK,
        tracked: true,
        write: writeNetwork,
        afterWrite: writeSubnets,
        view: networkView,
        beforeDelete: (network, { cloud }) => {
            for (const subnet of subnetsOf(cloud, network.id)) checkSubnetFree(cloud, subnet);
        },
    },
    { type: SUBNET, beforeDelete: (subnet, { cloud }) => checkSubnetFree(cloud, subnet) },
    {
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
    },
    { type: "Microsoft.Network/publicIPAddresses", tracked: true },
    { type: "Microsoft.Network/networkSecurityGroups", tracked: true },
];
