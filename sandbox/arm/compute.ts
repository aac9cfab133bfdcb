import type { Cloud } from "../cloud.ts";
import type { ArmResource } from "../records.ts";
import { operationHeaders } from "./operations.ts";
import { requireReference } from "./network-interface.ts";
import { badRequest, isObject, objectAt, textAt, without } from "./request.ts";
import type { Json } from "./request.ts";
import type { Action, ResourceType, Write, Written } from "./resource-type.ts";

type PowerState = "running" | "stopped" | "deallocated";

const interfacesOf = (properties: Json): readonly string[] => {
    const cards = objectAt(properties, "networkProfile")["networkInterfaces"];
    return Array.isArray(cards) ? cards.filter(isObject).flatMap(card => textAt(card, "id") ?? []) : [];
};

const required = (properties: Json, outer: string, inner: string): void => {
    if (textAt(objectAt(properties, outer), inner)) return;
    throw badRequest("InvalidParameter", `Required parameter '${inner}' is missing (null).`);
};

/** Passwords and custom data go in and never come out. */
const withoutSecrets = (properties: Json): Json => {
    if (!isObject(properties["osProfile"])) return properties;
    return { ...properties, osProfile: without(properties["osProfile"], "adminPassword", "customData") };
};

const write = ({ cloud, id, properties, existing, now }: Write): Written => {
    required(properties, "hardwareProfile", "vmSize");
    const cards = interfacesOf(properties);
    if (cards.length === 0)
        throw badRequest(
            "InvalidParameter",
            "Required parameter 'networkProfile.networkInterfaces' is missing (null).",
        );
    for (const card of cards) requireReference(cloud, card, id);
    if (!existing && isObject(properties["osProfile"])) required(properties, "osProfile", "adminUsername");
    return {
        properties: {
            ...withoutSecrets(properties),
            vmId: existing?.properties["vmId"] ?? cloud.newId(id),
            timeCreated: existing?.properties["timeCreated"] ?? new Date(now).toISOString(),
            provisioningState: "Succeeded",
        },
        hidden: existing?.hidden ?? { powerState: "running" },
    };
};

const setMachine = (cloud: Cloud, card: string, machine: string | undefined): void => {
    const key = card.toLowerCase();
    const found = cloud.resources.get(key);
    if (!found) return;
    const properties = without(found.properties, "virtualMachine");
    cloud.resources.set(key, {
        ...found,
        properties: { ...properties, ...(machine !== undefined && { virtualMachine: { id: machine } }) },
    });
};

const attach = ({ cloud, id, properties, existing }: Write): void => {
    for (const card of interfacesOf(existing?.properties ?? {})) setMachine(cloud, card, undefined);
    for (const card of interfacesOf(properties)) setMachine(cloud, card, id);
};

const power =
    (powerState: PowerState): Action =>
    (machine, request) => {
        request.cloud.resources.set(machine.id.toLowerCase(), {
            ...machine,
            hidden: { ...machine.hidden, powerState },
        });
        return { status: 202, headers: operationHeaders(request, "both") };
    };

const powerOf = (machine: ArmResource): string => String(machine.hidden?.["powerState"] ?? "running");

const instanceView: Action = machine => ({
    status: 200,
    body: {
        statuses: [
            { code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Provisioning succeeded" },
            { code: `PowerState/${powerOf(machine)}`, level: "Info", displayStatus: `VM ${powerOf(machine)}` },
        ],
    },
});

/** Virtual machines with their power state: what a runbook that stops machines sees. */
export const COMPUTE_TYPES: readonly ResourceType[] = [
    {
        type: "Microsoft.Compute/virtualMachines",
        tracked: true,
        identity: true,
        longRunning: ["PUT", "PATCH", "DELETE"],
        write,
        afterWrite: attach,
        beforeDelete: (machine, { cloud }) => {
            for (const card of interfacesOf(machine.properties)) setMachine(cloud, card, undefined);
        },
        actions: {
            "GET instanceView": instanceView,
            "POST start": power("running"),
            "POST restart": power("running"),
            "POST powerOff": power("stopped"),
            "POST deallocate": power("deallocated"),
        },
    },
    { type: "Microsoft.Compute/virtualMachines/extensions", tracked: true },
    { type: "Microsoft.Compute/disks", tracked: true },
];
