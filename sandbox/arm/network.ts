import type { Cloud } from "../cloud.ts";
import type { ArmResource } from "../records.ts";
import { defaultView, removeTree } from "./crud.ts";
import { badRequest, isObject, objectAt, textAt } from "./request.ts";
import { INTERFACE, itemsAt, NETWORK_INTERFACE } from "./network-interface.ts";
import type { ArmRequest, Json } from "./request.ts";
import type { ResourceType, Write, Written } from "./resource-type.ts";

const NETWORK = "Microsoft.Network/virtualNetworks";

const SUBNET = `${NETWORK}/subnets`;

const provisioned = { provisioningState: "Succeeded" };

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
    NETWORK_INTERFACE,
    { type: "Microsoft.Network/publicIPAddresses", tracked: true },
    { type: "Microsoft.Network/networkSecurityGroups", tracked: true },
];
