import type { PlainResource } from "./resource.ts";
import { contentsOf } from "./runbook.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type {
    AutomationAccountSubject,
    AutomationModuleSubject,
    AutomationRuntimeSubject,
    AutomationVariableSubject,
    AutomationWebhookSubject,
} from "./subject-automation.ts";
import { partOf, textOf, Unknown, type Value, whenKnown } from "./value.ts";

/** Local authentication is on unless it is turned off. */
export const readAccount = (resource: PlainResource, defined: StackDefinitions): AutomationAccountSubject => ({
    kind: "automation-account",
    localAuthentication:
        resource.has("localAuthenticationEnabled") || resource.token?.startsWith("azure-native:") !== true
            ? whenKnown(resource.flag("localAuthenticationEnabled"), on => on ?? true)
            : whenKnown(resource.flag("disableLocalAuth"), off => off !== true),
    publicNetwork: whenKnown(
        resource.flag(resource.has("publicNetworkAccess") ? "publicNetworkAccess" : "publicNetworkAccessEnabled"),
        on => on !== false,
    ),
    ...contentsOf(resource, defined),
});

const named = (resource: PlainResource, ...keys: readonly string[]): Value<string> => {
    const texts = keys.map(key => resource.text(key));
    return texts.find(text => typeof text === "string") ?? texts.find(text => text instanceof Unknown) ?? resource.name;
};

export const readVariable = (resource: PlainResource): AutomationVariableSubject => ({
    kind: "automation-variable",
    variable: named(resource, "variableName", "name"),
    encrypted: whenKnown(resource.flag(resource.has("encrypted") ? "encrypted" : "isEncrypted"), on => on === true),
    value: resource.text("value"),
});

export const readWebhook = (resource: PlainResource): AutomationWebhookSubject => ({
    kind: "automation-webhook",
    expires: resource.text("expiryTime"),
});

/** Runbook types that carry their version: https://learn.microsoft.com/azure/automation/automation-runbook-types */
const RUNBOOK_TYPES: ReadonlyMap<string, string> = new Map([
    ["powershell7", "PowerShell 7.1"],
    ["powershell72", "PowerShell 7.2"],
    ["python2", "Python 2.7"],
    ["python3", "Python 3.8"],
    ["python310", "Python 3.10"],
]);

const runbookRuntime = (type: string | undefined): string => {
    const name = type ?? "PowerShell";
    return RUNBOOK_TYPES.get(name.toLowerCase()) ?? name;
};

export const readRunbookRuntime = (resource: PlainResource): AutomationRuntimeSubject => ({
    kind: "automation-runtime",
    runtime: whenKnown(resource.text("runbookType"), runbookRuntime),
});

/** The runtime of a runtime environment: `PowerShell 7.4`. */
export const runtimeOf = (resource: PlainResource): Value<string> => {
    const source = resource.has("runtimeLanguage") ? "runtimeLanguage" : "language";
    return whenKnown(resource.text(source), language =>
        whenKnown(resource.text(source === "language" ? "version" : "runtimeVersion"), version =>
            [language, version].filter(word => word !== undefined).join(" "),
        ),
    );
};

export const readRuntime = (resource: PlainResource): AutomationRuntimeSubject => ({
    kind: "automation-runtime",
    runtime: runtimeOf(resource),
});

/** A module that is installed for one version of PowerShell alone. */
const MODULE_RUNTIMES: Readonly<Record<string, string>> = {
    "azure-native:automation:PowerShell72Module": "PowerShell 7.2",
    "azure:automation:Powershell72Module": "PowerShell 7.2",
    "azurerm:AutomationPowershell72Module": "PowerShell 7.2",
};

export const RUNTIME_ENVIRONMENT_TOKENS: ReadonlySet<string | undefined> = new Set([
    "azure-native:automation:RuntimeEnvironment",
    "azure:automation:RuntimeEnvironment",
    "azurerm:AutomationRuntimeEnvironment",
]);

const moduleRuntime = (resource: PlainResource): Value<string | undefined> => {
    const fixed = MODULE_RUNTIMES[resource.token ?? ""];
    if (fixed !== undefined) return fixed;
    const links = ["runtimeEnvironmentName", "automationRuntimeEnvironmentId"]
        .flatMap(key => resource.links(key))
        .filter(({ token }) => RUNTIME_ENVIRONMENT_TOKENS.has(token));
    return links[0] === undefined ? undefined : runtimeOf(links[0]);
};

const VERSION = /(?:^|\/)(\d+(?:\.\d+)+)\/?$/;

/** The content link of a module, as a block or in properties of its own: `contentUri`, `contentVersion`. */
const linkOf = (resource: PlainResource): unknown => {
    if (!resource.has("contentUri")) return resource.value(resource.has("moduleLink") ? "moduleLink" : "contentLink");
    return {
        uri: resource.value("contentUri"),
        version: resource.value("contentVersion"),
        contentHash: { value: resource.value("hashValue") },
    };
};

/** A text within a content link. */
const linked = (link: unknown, ...path: readonly string[]): Value<string | undefined> => {
    if (link instanceof Unknown) return link;
    const [key, ...rest] = path;
    if (key === undefined) return textOf(link, "contentLink");
    if (link === undefined || link === null) return undefined;
    return linked(partOf(link, key), ...rest);
};

/** The version that a content link names, or that its address ends in as those of the PowerShell Gallery do. */
const linkedVersion = (resource: PlainResource): Value<string | undefined> => {
    const link = linkOf(resource);
    return whenKnown(linked(link, "version"), version =>
        version !== undefined ? version : whenKnown(linked(link, "uri"), uri => VERSION.exec(uri ?? "")?.[1]),
    );
};

export const readModule = (resource: PlainResource): AutomationModuleSubject => ({
    kind: "automation-module",
    module: named(resource, "moduleName", "packageName", "name"),
    version: linkedVersion(resource),
    hash: linked(linkOf(resource), resource.has("moduleLink") ? "hash" : "contentHash", "value"),
    runtime: moduleRuntime(resource),
});
