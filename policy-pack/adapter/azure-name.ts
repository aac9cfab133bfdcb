import { listed } from "./arm-type-tables.ts";
import type { PlainResource } from "./resource.ts";

const WORDS = /[A-Z][a-z0-9]*/g;
const OWN_NAMES: Readonly<Record<string, string>> = {
    VirtualMachine: "vmName",
    VirtualMachineScaleSet: "vmScaleSetName",
    WebAppSlot: "slot",
};

const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);

const nameKeys = new Map<string, readonly string[]>();

const nameKeysOf = (type: string): readonly string[] => {
    const known = nameKeys.get(type);
    if (known !== undefined) return known;
    const last = type.match(WORDS)?.at(-1) ?? type;
    const own = listed(OWN_NAMES, type);
    const keys =
        own === undefined ? [`${lowerFirst(type)}Name`, `${lowerFirst(last)}Name`, "resourceName", "name"] : [own];
    nameKeys.set(type, keys);
    return keys;
};

/** The name that Azure knows a resource by, where it is known: `aa-nightly`. */
export const azureNameOf = (resource: PlainResource): string | undefined => {
    for (const key of nameKeysOf(resource.token?.split(":").at(-1) ?? "")) {
        const text = resource.has(key) ? resource.text(key) : undefined;
        if (typeof text === "string") return text;
    }
    return resource.outputText("name");
};
