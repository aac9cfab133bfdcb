import type { CredentialSort } from "./subject-identity.ts";

/** A credential as a name or a text shows it. */
export interface ShownCredential {
    readonly sort: CredentialSort;
    readonly what: string;
}

type Pattern = readonly [pattern: RegExp, sort: CredentialSort, what: string];

/** Services that others have too count with Azure's name alone. */
const SERVICE =
    "(?:azure[_:-]*(?:storage|open_?ai|search|cognitive_?search|ai_?search|ai_?services?|redis|signal_?r|speech|app_?config(?:uration)?)" +
    "|foundry(?:[_-]?ai)?|cosmos(?:_?db)?|service_?bus|event_?hubs?|storage_?account|blob_?storage|iot_?hub|form_?recognizer)";
const BETWEEN = "(?:account|namespace|admin|primary|shared|access|api|[_:-])*";
const ofService = (end: string): RegExp => new RegExp(`(?:^|[^a-z])${SERVICE}${BETWEEN}${end}$`, "i");

const DATABASE_PASSWORD =
    /(?:^|[^a-z])(?:db|database|datasource|mssql|sql|mysql|mariadb|postgres|postgresql|pg)(?:[_:-]?(?:admin|root|user|app))?[_:-]*(?:password|passwd|pass|pwd)$/i;

/** What an application of Entra goes by in the names of settings, as the libraries that sign in with it have them. */
const OF_ENTRA =
    "(?:azure|aad|entra|msal|ms_?graph|microsoft|(?:arm|graph|acr|spn?)(?=[_:.-]|client)|service[_-]?principal)";
/** Who signs people in with client secrets of their own. */
const OF_OTHERS = "(?:github|gitlab|google|facebook|twitter|linkedin|apple|okta|auth0|keycloak|slack|stripe|discord)";

const CLIENT_SECRETS = [
    /^client[-_]?secret$/i,
    new RegExp(`^(?!.*${OF_OTHERS})(?:.*[^a-z])?${OF_ENTRA}.*client[_:-]*secret$`, "i"),
    /(?:^|[^a-z])(?:azure[_-]?ad|aad|entra)(?:[_-]?(?:b2c|id|app))*[_:.-]*secret$/i,
    /(?:^|[^a-z])(?:(?:azure|arm|aad)[_:.-]+spn?|service[_-]?principal)[_:.-]*(?:password|secret|key)$/i,
].map((pattern): Pattern => [pattern, "application", "client secret"]);

/** Names that stand for a credential, whatever it is; a name with `__` after it is the way to do without. */
const NAMES: readonly Pattern[] = [
    [/^AzureWebJobs(?:Storage|Dashboard)$/i, "key", "key of a storage account"],
    ...CLIENT_SECRETS,
    [/^MICROSOFT_PROVIDER_AUTHENTICATION_SECRET$/i, "application", "client secret"],
    [/^(?:DOCKER_REGISTRY_SERVER|ACR|REGISTRY)[_-]?PASSWORD$/i, "registry", "password of a registry"],
    [DATABASE_PASSWORD, "database", "password of a database"],
    [ofService("(?:key|sas[_-]?token)"), "key", "key of an account"],
];

/** Names that stand for a text in which a credential can be; where it is known, the text itself decides. */
const CONNECTIONS: readonly Pattern[] = [[ofService("connection[_-]?string"), "key", "key of an account"]];

const TEXTS: readonly Pattern[] = [
    [/(?:^|;)\s*(?:AccountKey|SharedAccessKey|AccessKey)\s*=\s*[^;\s]/i, "key", "key of an account"],
    [/^Endpoint=[^;]+;Id=[^;]+;Secret=\S/i, "key", "key of an account"],
    [/,\s*password\s*=\s*[^,\s]/i, "key", "key of a cache"],
    [/[?&]sig=[\w%]{20,}/i, "key", "signed address"],
    [/(?:^|[;?&])\s*(?:password|pwd)\s*=\s*[^;&\s]/i, "database", "password of a database"],
    [
        /^(?:mongodb|mysql|postgres|postgresql|mssql|sqlserver)(?:\+\w+)?:\/\/[^/\s:@]+:[^/\s@]+@/i,
        "database",
        "password of a database",
    ],
];

/** What refers to where a secret is kept, or to no account at all. */
const NO_SECRET = /^(?:@Microsoft\.(?:KeyVault|AppConfiguration)\(|UseDevelopmentStorage=true)/i;

/** Nobody gives a setting a longer name. */
const LONGEST_NAME = 200;

const first = (patterns: readonly Pattern[], text: string): ShownCredential | undefined => {
    const found = patterns.find(([pattern]) => pattern.test(text));
    return found && { sort: found[1], what: found[2] };
};

/** The credential that a text looks like. */
export const credentialWritten = (text: string): ShownCredential | undefined =>
    NO_SECRET.test(text) ? undefined : first(TEXTS, text);

/** The credential that a setting is, by its name and, where it is known, its text. */
export const credentialNamed = (name: string, text: string | undefined): ShownCredential | undefined => {
    if (name.length > LONGEST_NAME) return text === undefined ? undefined : credentialWritten(text);
    if (text === undefined) return first([...NAMES, ...CONNECTIONS], name);
    return NO_SECRET.test(text) ? undefined : (first(NAMES, name) ?? credentialWritten(text));
};
