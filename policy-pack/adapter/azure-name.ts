import { listed } from "./arm-type-tables.ts";
import type { PlainResource } from "./resource.ts";

/** Types whose name is given by a property that their own name does not tell. */
const OWN_NAMES: Readonly<Record<string, string>> = {
    ConfigurationStore: "configStoreName",
    Grafana: "workspaceName",
    RedisEnterprise: "clusterName",
    VirtualMachine: "vmName",
    VirtualMachineScaleSet: "vmScaleSetName",
};

/** What `name` is of in these is the resource that they are a part of. */
const PARTS: Readonly<Record<string, string>> = { "azure-native:web:WebAppSlot": "slot" };

const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);

/** Ends of a name at its words: `StorageAccount`, `Account`. */
const endsOf = (type: string): readonly string[] => {
    const words = type.match(/[A-Z][a-z0-9]*/g) ?? [type];
    return words.map((_, at) => words.slice(at).join(""));
};

const nameKeys = new Map<string, readonly string[]>();

const nameKeysOf = (token: string): readonly string[] => {
    const known = nameKeys.get(token);
    if (known !== undefined) return known;
    const [, module = "", type = ""] = token.split(":");
    const own = listed(OWN_NAMES, type);
    const part = listed(PARTS, token);
    const named = [...endsOf(type).map(lowerFirst), `${module}${type}`].map(word => `${word}Name`);
    const keys = part === undefined ? [...(own === undefined ? [] : [own]), ...named, "resourceName", "name"] : [part];
    nameKeys.set(token, keys);
    return keys;
};

/** The name that Azure knows a resource by, where it is known: `aa-nightly`. */
export const azureNameOf = (resource: PlainResource): string | undefined => {
    for (const key of nameKeysOf(resource.token ?? "")) {
        const text = resource.has(key) ? resource.text(key) : undefined;
        if (typeof text === "string") return text;
    }
    return resource.outputText("name");
};
