import { KEYED_SERVICES, type KeyedService } from "./local-sign-in-services.ts";
import type { PlainResource } from "./resource.ts";
import type { LocalSignInSubject } from "./subject-identity.ts";
import { flagOf, isKnown, partOf, textOf, textsOf, type Value } from "./value.ts";

/** Settings that turn sign-ins besides those of Entra off, by the value that does. */
const OFF: readonly (readonly [key: string, off: boolean])[] = [
    ["disableLocalAuth", true],
    ["localAuthenticationDisabled", true],
    ["disableLocalAccounts", true],
    ["localAccountDisabled", true],
    ["disableAccessKeyAuthentication", true],
    ["allowSharedKeyAccess", false],
    ["sharedAccessKeyEnabled", false],
    ["localAuthEnabled", false],
    ["localAuthenticationEnabled", false],
    ["accessKeysAuthenticationEnabled", false],
];

/** The first setting of those that is there, be it in a block of its own, as whether it leaves keys on. */
const byFlags = (resource: PlainResource): Value<boolean> => {
    const properties = resource.value("properties");
    for (const [key, off] of OFF)
        for (const value of [resource.value(key), partOf(properties, key)]) {
            const flag = flagOf(value, key);
            if (!isKnown(flag)) return flag;
            if (flag !== undefined) return flag !== off;
        }
    return true;
};

/** Batch accounts list the ways that they take. */
const byModes = (resource: PlainResource): Value<boolean> => {
    const modes = resource.value("allowedAuthenticationModes");
    if (modes === undefined || modes === null) return true;
    const listed = textsOf(modes, "allowedAuthenticationModes");
    return isKnown(listed) ? listed.some(mode => /sharedkey/i.test(mode)) : listed;
};

const byWord = (resource: PlainResource): Value<boolean> => {
    const word = textOf(resource.value("accessKeysAuthentication"), "accessKeysAuthentication");
    return isKnown(word) ? word?.toLowerCase() !== "disabled" : word;
};

const OTHER_APIS = /mongo|cassandra|gremlin|table/i;

/** Keys of Cosmos DB can be turned off for its own API alone: https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.Cosmos.NoSQLLocalAuth */
const byApi = (resource: PlainResource): Value<boolean> => {
    const capabilities = resource.value("capabilities");
    const names = [resource.value("kind"), ...(Array.isArray(capabilities) ? (capabilities as unknown[]) : [])];
    const isOther = names.some(each => {
        const name = typeof each === "string" ? each : partOf(each, "name");
        return typeof name === "string" && OTHER_APIS.test(name);
    });
    return isOther ? false : byFlags(resource);
};

type Read = (resource: PlainResource) => LocalSignInSubject;

const READS: Readonly<Record<KeyedService["by"], (resource: PlainResource) => Value<boolean>>> = {
    flags: byFlags,
    api: byApi,
    modes: byModes,
    word: byWord,
};

const readAs =
    ({ what, by }: KeyedService, setting: string): Read =>
    resource => ({ kind: "local-sign-in", what, setting, localAuthentication: READS[by](resource) });

/** What takes sign-ins besides those of Entra, by type. */
export const LOCAL_SIGN_IN_READERS: Readonly<Record<string, Read>> = Object.fromEntries(
    KEYED_SERVICES.flatMap(service =>
        Object.entries(service.types).map(([token, setting]) => [token, readAs(service, setting)]),
    ),
);
