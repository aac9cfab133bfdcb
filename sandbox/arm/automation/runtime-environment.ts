import { isObject, objectAt, textAt, without } from "../request.ts";
import type { ResourceType, Write, Written } from "../resource-type.ts";
import { fault, nameRule, PAGE } from "./fault.ts";

/** Only these versions of the API have runtime environments. */
const VERSIONS = /^2023-05-15-preview$|^2024-10-23/;

const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
    PowerShell: ["5.1", "7.1", "7.2", "7.4"],
    Python: ["2.7", "3.8", "3.10"],
};

/** Environments that every account has, which are not listed: `PowerShell-7.2`. */
export const SYSTEM_ENVIRONMENTS: readonly string[] = Object.entries(RUNTIMES).flatMap(([language, versions]) =>
    versions.map(version => `${language}-${version}`),
);

const writeEnvironment = ({ properties, existing }: Write): Written => {
    const runtime = isObject(properties["runtime"])
        ? properties["runtime"]
        : objectAt(existing?.properties ?? {}, "runtime");
    const language = textAt(runtime, "language") ?? "";
    const version = textAt(runtime, "version") ?? "";
    if (!RUNTIMES[language]?.includes(version)) {
        throw fault(
            400,
            `The runtime '${language} ${version}' is not supported; expected one of ${SYSTEM_ENVIRONMENTS.join(", ")}.`,
        );
    }
    const before = existing && objectAt(existing.properties, "runtime");
    if (before && (before["language"] !== language || before["version"] !== version)) {
        throw fault(400, "The runtime of an existing runtime environment cannot be changed.");
    }
    return { properties: { defaultPackages: {}, ...properties, runtime: { language, version } } };
};

/**
 * Source: https://learn.microsoft.com/azure/automation/runtime-environment-overview
 */
export const RUNTIME_ENVIRONMENT: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/runtimeEnvironments",
    versions: VERSIONS,
    pageSize: PAGE,
    checkName: nameRule(
        "runtime environment",
        /^[^<>*%&:\\?.+/#\s]([^<>*%&:\\?+/#]*[^<>*%&:\\?.+/#\s])?$/,
        "no blanks at the ends and no reserved characters",
    ),
    write: writeEnvironment,
};

/** `5.1.0` of `https://www.powershellgallery.com/api/v2/package/Az.Accounts/5.1.0`. */
const VERSION_IN_URI = /\/(\d+(?:\.\d+){1,3}(?:-[0-9a-z.]+)?)\/?(?:\?.*)?$/i;

/**
 * A package or module is loaded from a link that Automation itself must reach; the sandbox reads the link and loads nothing.
 * @throws BadRequest when there is no usable link
 */
export const writePackage = (write: Write): Written => {
    const link = objectAt(write.properties, "contentLink");
    const uri = textAt(link, "uri");
    if (uri === undefined || !URL.canParse(uri) || !/^https?:/.test(uri)) {
        throw fault(
            400,
            `The content link '${uri ?? ""}' of '${write.name}' is not valid; expected a URI that can be reached publicly.`,
        );
    }
    const version = textAt(link, "version") ?? VERSION_IN_URI.exec(uri)?.[1] ?? null;
    return {
        properties: {
            isGlobal: false,
            version,
            sizeInBytes: 0,
            provisioningState: "Succeeded",
            error: { code: null, message: null },
        },
        hidden: { contentLink: link },
    };
};

const writeRuntimePackage = (write: Write): Written => {
    const { properties, ...written } = writePackage(write);
    return { ...written, properties: { default: false, ...without(properties, "isGlobal") } };
};

/** A module pinned in a runtime environment. */
export const RUNTIME_PACKAGE: ResourceType = {
    type: "Microsoft.Automation/automationAccounts/runtimeEnvironments/packages",
    versions: VERSIONS,
    pageSize: PAGE,
    write: writeRuntimePackage,
};
