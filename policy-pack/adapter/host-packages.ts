import type { CodeSource, SourceKind } from "../../access/model.ts";
import { accountNamed, containerOf, isAccount, isContainer, isKeyless } from "./code-stores.ts";
import { partsOf } from "./host-parts.ts";
import { settingsOfHost } from "./host-settings.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { partOf, Unknown } from "./value.ts";

/** A value that tells where something is kept, and the property that it is in. */
interface Told {
    readonly kind: SourceKind;
    readonly value: unknown;
    readonly resource: PlainResource;
    readonly key: string;
    /** Nothing tells even which settings there are: what they come from may keep code, or data. */
    readonly isBlind?: true;
}

/**
 * Settings of apps that say where their code is kept.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-app-settings
 */
const SETTINGS: readonly (readonly [name: RegExp, kind: SourceKind])[] = [
    [/^WEBSITE_RUN_FROM_(PACKAGE|ZIP)$/i, "package"],
    [/^WEBSITE_CONTENTAZUREFILECONNECTIONSTRING$/i, "share"],
    [/^AzureWebJobsStorage(__(accountName|blobServiceUri))?$/i, "account"],
];

/** Properties that say so, of a resource or within one of its blocks. */
const PROPERTIES: readonly (readonly [key: string, path: readonly string[], kind: SourceKind])[] = [
    ["functionAppConfig", ["deployment", "storage", "value"], "package"],
    ["storageContainerEndpoint", [], "package"],
    ["storageAccountName", [], "account"],
    ["autoStorage", ["storageAccountId"], "account"],
    ["primaryScriptUri", [], "account"],
    ["supportingScriptUris", [], "account"],
];
/** The same where only hosts of some types mean it so. */
const OF_WORKSPACES = ["storageAccount", "storageAccountId"];
const WORKSPACES = /:(machinelearning\w*:|MachineLearning)Workspace$|:batch:Account$|:BatchAccount$/;

const toldIn = (resource: PlainResource, defined: StackDefinitions): readonly Told[] => {
    const settings = settingsOfHost(resource, defined).flatMap(({ name, ...rest }): readonly Told[] => {
        if (name === undefined) return [{ kind: "account", isBlind: true, ...rest }];
        const kind = SETTINGS.find(([pattern]) => pattern.test(name))?.[1];
        return kind === undefined ? [] : [{ kind, ...rest }];
    });
    const own = PROPERTIES.filter(([key]) => resource.has(key)).map(([key, path, kind]): Told => ({
        ...{ kind, resource, key },
        value: path.reduce(partOf, resource.value(key)),
    }));
    const workspace = WORKSPACES.test(resource.token ?? "") ? OF_WORKSPACES.filter(key => resource.has(key)) : [];
    const scripts = partsOf(resource, defined).filter(part => part.has("settings"));
    return [
        ...settings,
        ...own,
        ...workspace.map((key): Told => ({ kind: "account", value: resource.value(key), resource, key })),
        ...scripts.map((part): Told => ({
            ...{ kind: "account", resource: part, key: "settings" },
            value: partOf(part.value("settings"), "fileUris"),
        })),
    ];
};

const ADDRESS = /^https:\/\/([a-z0-9]+)\.(?:blob|dfs|file)\.[^/]+(?:\/([^/?]+))?/i;
const CONNECTION = /(?:^|;)\s*AccountName=([a-z0-9]+)/i;
const ID = /\/storageaccounts\/([a-z0-9]+)$/i;
const NAME = /^([a-z0-9]+)$/;

const sourceIn = (kind: SourceKind, text: string, defined: StackDefinitions): readonly CodeSource[] => {
    const [, name, container] = [ADDRESS, CONNECTION, ID, NAME].map(each => each.exec(text)).find(Boolean) ?? [];
    const account = name === undefined ? undefined : accountNamed(name, defined);
    if (account === undefined) return [];
    const isPart = kind === "package" && container !== undefined;
    const place = isPart ? containerOf(account, container, defined) : defined.places.of(account);
    return [{ kind, place, ...(isKeyless(account) && { keyless: true as const }) }];
};

/** Function apps always have an account that they run from. */
const isFunction = (host: PlainResource): boolean =>
    /function/i.test(`${host.token ?? ""} ${String(host.value("kind"))}`);

/** What a value that is not known may come from: a container, else an account. */
const keptIn = ({ kind, resource, key, isBlind }: Told, host: PlainResource): readonly PlainResource[] => {
    const links = resource.links(key);
    const [accounts, containers] = [links.filter(isAccount), links.filter(isContainer)];
    if (isBlind === true) return isFunction(host) ? [...containers, ...accounts] : containers;
    return kind === "package" && containers.length > 0 ? containers : accounts;
};

/** Of a value that is not known what it comes from; of several, any. */
const linkedSources = (told: Told, host: PlainResource, defined: StackDefinitions): readonly CodeSource[] => {
    const found = keptIn(told, host);
    const accounts = told.resource.links(told.key).filter(isAccount);
    const takesNoKey = accounts.length > 0 && accounts.every(isKeyless);
    return found.map(each => ({
        kind: found.length > 1 ? "account" : told.kind,
        place: defined.places.of(each),
        ...(takesNoKey && { keyless: true as const }),
    }));
};

/** Where the code of a host is kept, as far as that is in storage accounts of the stack. */
export const packagesOf = (resource: PlainResource, defined: StackDefinitions): readonly CodeSource[] =>
    toldIn(resource, defined).flatMap(told => {
        const values: readonly unknown[] = Array.isArray(told.value) ? told.value : [told.value];
        return values.flatMap(value => {
            if (value instanceof Unknown) return linkedSources(told, resource, defined);
            return typeof value === "string" ? sourceIn(told.kind, value, defined) : [];
        });
    });
