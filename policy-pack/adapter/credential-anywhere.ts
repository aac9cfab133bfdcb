import { credentialsInSettings, credentialsInText } from "./credential-settings.ts";
import type { PlainResource } from "./resource.ts";
import type { CredentialSort, CredentialSubject } from "./subject-identity.ts";
import { partOf, Unknown } from "./value.ts";

/** Properties that are a credential of Azure's own wherever they are, as all providers write them. */
const NAMES: readonly (readonly [name: RegExp, sort: CredentialSort, what: string])[] = [
    [/^servicePrincipal(?:Key|Secret)$/i, "application", "key of a service principal"],
    [/^(?:storage)?(?:account|access|accountAccess)Key$/i, "key", "key of a storage account"],
    [/^sharedAccess(?:Policy)?Key$/i, "key", "key of a namespace"],
    [/^sas(?:Token|Uri)$/i, "key", "signed address"],
    [/^(?:sql)?administrator(?:Login)?Password(?:Wo)?$/i, "database", "password of a database's administrator"],
];

const CONNECTION = /^(?:connectionString|sasUri|serviceUri|url)$/i;

/** Blocks in which a client secret is that of an application of Entra; elsewhere it can be that of any other service. */
const OF_APPLICATIONS = /^(?:\w*servicePrincipal(?:Profile)?|azureCredentials|activeDirectory|secrets)$/i;
/** Types that are such a block themselves. */
const APPLICATIONS = /:(?:WebAppAuthSettings(?:Slot)?|\w*IdentityProviderAad(?:b2c)?|\w*DatastoreDatalakeGen2)$/i;

/** Blocks whose keys nothing can replace: mounts of file shares know no other way. */
const NO_OTHER_WAY = /^azureFiles?$/i;

/** Deeper than any resource nests. */
const DEPTH = 40;

/** A client secret is of Entra in a block of its applications, and beside the tenant that it is for. */
const isOfApplication = (value: object, block: string): boolean =>
    OF_APPLICATIONS.test(block) || Object.hasOwn(value, "tenantId");

/** A value that is there and not a reference to where it is kept. */
const isKept = (value: unknown): boolean => {
    if (value === undefined || value === null || value === "") return false;
    if (typeof value !== "object" || value instanceof Unknown) return true;
    const type = partOf(value, "type");
    const isReference = typeof type === "string" && /keyvault/i.test(type);
    return !isReference && partOf(value, "value") !== undefined;
};

const credentialIn = (key: string, value: unknown, isApplication: boolean): readonly CredentialSubject[] => {
    if (isApplication && /^clientSecret$/i.test(key) && isKept(value))
        return [{ kind: "credential", sort: "application", what: `client secret in '${key}'` }];
    const named = NAMES.find(([name]) => name.test(key));
    if (named !== undefined && isKept(value)) {
        const [, sort, what] = named;
        return [{ kind: "credential", sort, what: `${what} in '${key}'` }];
    }
    return typeof value === "string" && CONNECTION.test(key) ? credentialsInText(value, `'${key}'`) : [];
};

const within = (value: unknown, block: string, depth: number): readonly CredentialSubject[] => {
    if (value === null || typeof value !== "object" || value instanceof Unknown || depth > DEPTH) return [];
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([key, part]) => [
        ...(isList ? [] : credentialIn(key, part, isOfApplication(value, block))),
        ...(NO_OTHER_WAY.test(key) ? [] : within(part, isList ? block : key, depth + 1)),
    ]);
};

/** Types whose properties describe others' resources, or hold values that say nothing of what they are for. */
const DESCRIBES = /:(Deployment|DeploymentStack|TemplateSpec|Policy|\w*TemplateDeployment)|:(authorization|policy):/;

const distinct = (found: readonly CredentialSubject[]): readonly CredentialSubject[] => [
    ...new Map(found.map(each => [String(each.what), each])).values(),
];

/** Reads the credentials within a resource whose type nothing else knows, by the names of its properties alone. */
export const readCredentialsAnywhere = (resource: PlainResource): readonly CredentialSubject[] => {
    const { token = "" } = resource;
    if (!/^(azure-native|azure|azurerm|azapi):/.test(token) || DESCRIBES.test(token)) return [];
    return distinct(
        resource.keys().flatMap(key => {
            const value = resource.value(key);
            const settings = credentialsInSettings(value, key).filter(({ what }) => !(what instanceof Unknown));
            return [...credentialIn(key, value, APPLICATIONS.test(token)), ...within(value, key, 0), ...settings];
        }),
    );
};
