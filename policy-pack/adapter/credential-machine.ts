import type { PlainResource } from "./resource.ts";
import type { CredentialSubject } from "./subject-identity.ts";
import { partOf, Unknown } from "./value.ts";

/** Property of a machine with its operating system, be it of one or of each in a set. */
const PROFILE = "virtualMachineProfile";
const OS_PROFILES = ["osProfile", "osProfiles"];

const WINDOWS = /^(?:microsoftwindows|microsoftsqlserver|microsoftvisualstudio|microsoftdynamics)/i;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The parts of a machine that tell what it runs, from its own properties or from those of a set. */
const partsOf = (resource: PlainResource) => {
    const profile = resource.value(PROFILE);
    const part = (key: string): unknown => partOf(profile, key) ?? resource.value(key);
    const os = OS_PROFILES.map(part).find(each => each !== undefined);
    const storage = part("storageProfile");
    return {
        os,
        linux: partOf(os, "linuxConfiguration") ?? part("osProfileLinuxConfig"),
        windows: partOf(os, "windowsConfiguration") ?? part("osProfileWindowsConfig"),
        image: partOf(storage, "imageReference") ?? part("storageImageReference") ?? part("sourceImageReference"),
        disk: partOf(partOf(storage, "osDisk"), "osType"),
    };
};

/** Windows is not made without a password; it asks for one although nobody need ever use it. */
const isWindows = (resource: PlainResource, { windows, image, disk }: ReturnType<typeof partsOf>): boolean =>
    /Windows/.test(resource.token ?? "") ||
    (windows !== undefined && windows !== null) ||
    /^windows$/i.test(text(disk)) ||
    WINDOWS.test(text(partOf(image, "publisher")));

/** The password that the administrator of a machine signs in with, where the machine could do with keys of SSH or with Entra. */
export const readMachinePassword = (resource: PlainResource): readonly CredentialSubject[] => {
    const parts = partsOf(resource);
    const password = partOf(parts.os, "adminPassword") ?? resource.value("adminPassword");
    const isGiven = password instanceof Unknown || (typeof password === "string" && password !== "");
    const isOff = partOf(parts.linux, "disablePasswordAuthentication") === true;
    if (!isGiven || isOff || isWindows(resource, parts)) return [];
    return [{ kind: "credential", sort: "machine", what: "password of a machine's administrator" }];
};
