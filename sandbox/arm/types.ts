import { knownActions, knownProviders } from "../../access/azure-actions.ts";
import { APP_TYPES } from "./app.ts";
import { AUTHORIZATION_TYPES } from "./authorization/types.ts";
import { AUTOMATION_TYPES } from "./automation/types.ts";
import { COMPUTE_TYPES } from "./compute.ts";
import { KEY_VAULT_TYPES } from "./key-vault.ts";
import { MANAGED_IDENTITY_TYPES } from "./managed-identity.ts";
import { NETWORK_TYPES } from "./network.ts";
import type { ResourceType } from "./resource-type.ts";
import { RESOURCES_TYPES } from "./resources.ts";
import { STORAGE_TYPES } from "./storage.ts";
import { WEB_TYPES } from "./web.ts";

const served = new Map<string, ResourceType>(
    [
        ...RESOURCES_TYPES,
        ...MANAGED_IDENTITY_TYPES,
        ...AUTHORIZATION_TYPES,
        ...AUTOMATION_TYPES,
        ...STORAGE_TYPES,
        ...KEY_VAULT_TYPES,
        ...WEB_TYPES,
        ...COMPUTE_TYPES,
        ...NETWORK_TYPES,
        ...APP_TYPES,
    ].map(type => [type.type.toLowerCase(), type]),
);

/** Types whose behaviour the sandbox knows, in Azure's casing, in the order of the documentation. */
export const servedTypes = (): readonly string[] => [...served.values()].map(({ type }) => type);

const servedNamespaces = new Set([...served.keys()].map(type => type.slice(0, type.indexOf("/"))));

let others: ReadonlyMap<string, ResourceType> | undefined;

/** Types that Azure has, by its published actions, and the sandbox stores without knowing more of them. */
const otherTypes = (): ReadonlyMap<string, ResourceType> => {
    if (others) return others;
    const writes = knownActions("action").names.filter(name => /\/write$/i.test(name));
    const found = writes.map((name): [string, ResourceType] => {
        const type = name.slice(0, -"/write".length);
        const topLevel = type.split("/").length === 2;
        return [type.toLowerCase(), topLevel ? { type, identity: true } : { type }];
    });
    return (others = new Map(found));
};

/** Whether a served type answers what follows its id itself: `draft` of a runbook is no child. */
const isActionOf = (parent: ResourceType | undefined, segment: string): boolean =>
    Object.keys(parent?.actions ?? {}).some(action => action.toLowerCase().split(/[ /]/)[1] === segment);

/** The resource type of a name in any case, or undefined when Azure has none. */
export const findType = (name: string): ResourceType | undefined => {
    const key = name.toLowerCase();
    const type = served.get(key);
    if (type) return type;
    const end = key.lastIndexOf("/");
    return isActionOf(served.get(key.slice(0, end)), key.slice(end + 1)) ? undefined : otherTypes().get(key);
};

/** Whether a resource provider exists: `Microsoft.Compute`. */
export const isKnownNamespace = (namespace: string): boolean => {
    const key = namespace.toLowerCase();
    return servedNamespaces.has(key) || knownProviders().some(provider => provider.toLowerCase() === key);
};
