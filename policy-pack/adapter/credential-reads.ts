import { credentialsInSettings } from "./credential-settings.ts";
import type { PlainResource } from "./resource.ts";
import type { CredentialSort, CredentialSubject } from "./subject-identity.ts";
import { Unknown } from "./value.ts";

/** Reads the credentials that a resource is or holds. */
export type ReadCredentials = (resource: PlainResource) => readonly CredentialSubject[];

/** A resource that is a credential whatever it holds. */
export const always =
    (sort: CredentialSort, what: string): ReadCredentials =>
    () => [{ kind: "credential", sort, what }];

/** All that several readers find. */
export const all =
    (...reads: readonly ReadCredentials[]): ReadCredentials =>
    resource =>
        reads.flatMap(read => read(resource));

/** An application can carry a password without a resource of its own. */
export const readApplicationPassword: ReadCredentials = resource => {
    const password = resource.value("password");
    if (password === undefined || password === null || (Array.isArray(password) && password.length === 0)) return [];
    const what = "password of an application";
    return [{ kind: "credential", sort: "application", what: password instanceof Unknown ? password : what }];
};

const PASSWORDS = new Set(["azuread:ApplicationPassword", "azuread:ServicePrincipalPassword"]);

/** A value that comes from the password of an application of the stack. */
export const fromPassword =
    (where: string, ...keys: readonly string[]): ReadCredentials =>
    resource =>
        keys.some(key => resource.links(key).some(({ token }) => PASSWORDS.has(token ?? "")))
            ? [{ kind: "credential", sort: "application", what: `client secret in ${where}` }]
            : [];

/** Resources of other providers that make secrets up. */
const GENERATORS: readonly (readonly [urn: RegExp, what: string])[] = [
    [/[:$]random:index\/randomPassword:RandomPassword::/, "generated password"],
    [/[:$]tls:index\/privateKey:PrivateKey::/, "generated private key"],
];

/** A value that comes from a resource which makes secrets up. */
export const fromGenerator =
    (where: string, ...keys: readonly string[]): ReadCredentials =>
    resource =>
        GENERATORS.filter(([urn]) => keys.some(key => resource.links(key).some(each => urn.test(each.urn)))).map(
            ([, what]) => ({ kind: "credential", sort: "generated", what: `${what} in ${where}` }),
        );

/** What holds no secret, so that none can come from there. */
const SECRETLESS = /:(UserAssignedIdentity|ResourceGroup|AppServicePlan|ServicePlan|VirtualNetwork|Subnet)$/;

const isHarmless = (resource: PlainResource, key: string): boolean => {
    const links = resource.links(key);
    return links.length > 0 && links.every(({ token = "" }) => SECRETLESS.test(token));
};

/** The SDK makes one value of all settings of an app: a single one that is not known yet hides the rest. */
const settingsOf = (resource: PlainResource, key: string): readonly CredentialSubject[] => {
    const value = resource.value(key);
    return value instanceof Unknown && value.awaited && isHarmless(resource, key)
        ? []
        : credentialsInSettings(value, key);
};

const APP = "the settings of an app";

/** Credentials among the settings within properties of an app. */
export const settings =
    (...keys: readonly string[]): ReadCredentials =>
    resource => {
        const found = keys.flatMap(key => settingsOf(resource, key));
        const isTold = found.some(({ sort }) => sort === "application");
        const passed = isTold ? [] : fromPassword(APP, ...keys)(resource);
        return [...found, ...passed, ...fromGenerator(APP, ...keys)(resource)];
    };

/** Credentials within a property that maps names of settings to values. */
export const settingsMap =
    (key: string): ReadCredentials =>
    resource => [
        ...credentialsInSettings(resource.value(key), "appSettings"),
        ...fromPassword(APP, key)(resource),
        ...fromGenerator(APP, key)(resource),
    ];
