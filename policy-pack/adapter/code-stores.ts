import type { Place } from "../../access/model.ts";
import { azureNameOf } from "./azure-name.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

const ACCOUNTS = ["azure-native:storage:StorageAccount", "azure:storage:Account", "azurerm:StorageAccount"];
const CONTAINERS = ["azure-native:storage:BlobContainer", "azure:storage:Container", "azurerm:StorageContainer"];
const REGISTRIES = [
    ...["azure-native:containerregistry:Registry", "azure:containerservice:Registry"],
    "azurerm:ContainerRegistry",
];

const isOf =
    (tokens: readonly string[]) =>
    ({ token = "" }: PlainResource): boolean =>
        tokens.includes(token);

/** Whether a resource is a storage account, a container of one, or a registry of images. */
export const isAccount = isOf(ACCOUNTS);
export const isContainer = isOf(CONTAINERS);
export const isRegistry = isOf(REGISTRIES);

interface Stores {
    readonly accounts: ReadonlyMap<string, PlainResource>;
    readonly registries: ReadonlyMap<string, PlainResource>;
}

const known = new WeakMap<StackDefinitions, Stores>();

const byName = (resources: readonly PlainResource[]): ReadonlyMap<string, PlainResource> =>
    new Map(
        resources.flatMap(resource => {
            const name = azureNameOf(resource)?.toLowerCase();
            return name === undefined ? [] : [[name, resource] as const];
        }),
    );

const storesOf = (defined: StackDefinitions): Stores => {
    const found = known.get(defined) ?? {
        accounts: byName(defined.ofTypes(...ACCOUNTS)),
        registries: byName(defined.ofTypes(...REGISTRIES)),
    };
    known.set(defined, found);
    return found;
};

/** The storage account of the stack with a name: names of accounts are taken once in all of Azure. */
export const accountNamed = (name: string, defined: StackDefinitions): PlainResource | undefined =>
    storesOf(defined).accounts.get(name.toLowerCase());

/** The registry of the stack with a name. */
export const registryNamed = (name: string, defined: StackDefinitions): PlainResource | undefined =>
    storesOf(defined).registries.get(name.toLowerCase());

/** Whether an account takes no key. Source: https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent */
export const isKeyless = (account: PlainResource): boolean =>
    account.flag("allowSharedKeyAccess") === false || account.flag("sharedAccessKeyEnabled") === false;

const TYPE = "microsoft.storage/storageaccounts/blobservices/containers";

/** Where a container of an account is, be it one that the stack does not make. */
export const containerOf = (account: PlainResource, name: string, defined: StackDefinitions): Place => {
    const [within, lower] = [defined.places.of(account), name.toLowerCase()];
    const made = defined
        .ofTypes(...CONTAINERS)
        .filter(each => azureNameOf(each)?.toLowerCase() === lower)
        .map(each => defined.places.of(each))
        .find(place => place.within?.urn === account.urn);
    const id = within.id === undefined ? {} : { id: `${within.id}/blobservices/default/containers/${lower}` };
    return made ?? { kind: "resource", type: TYPE, name: lower, within, ...id };
};
