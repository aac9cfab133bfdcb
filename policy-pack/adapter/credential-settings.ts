import { credentialNamed, credentialWritten } from "./credential-names.ts";
import type { CredentialSubject } from "./subject-identity.ts";
import { isKnown, textOf, Unknown, type Value } from "./value.ts";

/** A setting of an app, a variable of its environment, or a secret of its own. */
interface Setting {
    readonly name: string;
    readonly value: Value<string | undefined>;
}

/** Functions on the consumption plan know no other way: https://learn.microsoft.com/azure/azure-functions/functions-app-settings */
const UNAVOIDABLE = /^WEBSITE_CONTENTAZUREFILECONNECTIONSTRING$/i;

const judge = ({ name, value }: Setting): readonly CredentialSubject[] => {
    if (value === undefined || UNAVOIDABLE.test(name)) return [];
    const found = credentialNamed(name, isKnown(value) ? value : undefined);
    return found === undefined
        ? []
        : [{ kind: "credential", sort: found.sort, what: `${found.what} in setting '${name}'` }];
};

/** Credentials in a text by what it looks like. */
export const credentialsInText = (text: string, where: string): readonly CredentialSubject[] => {
    const found = credentialWritten(text);
    return found === undefined ? [] : [{ kind: "credential", sort: found.sort, what: `${found.what} in ${where}` }];
};

const VALUE_KEYS = ["value", "secureValue", "connectionString"];

/** A setting written as an object with its name, as azure-native and container services have them. */
const namedSetting = (given: object): Setting | undefined => {
    const name: unknown = Reflect.get(given, "name");
    const key = VALUE_KEYS.find(each => Object.hasOwn(given, each));
    return typeof name === "string" && key !== undefined
        ? { name, value: textOf(Reflect.get(given, key), key) }
        : undefined;
};

/** Properties that map names to values. */
const MAPS = new Set(["appsettings", "environmentvariables", "secureenvironmentvariables"]);

const pairsOf = (map: object): Setting[] =>
    Object.entries(map).map(([name, given]): Setting => {
        const value: unknown = given !== null && typeof given === "object" ? Reflect.get(given, "value") : given;
        return { name, value: given instanceof Unknown ? given : textOf(value, name) };
    });

/** Properties that hold settings; where one is not known, neither is what it holds. */
const HOLDERS = new Set([...MAPS, "connectionstrings", "env", "secrets", "siteconfig", "configuration", "template"]);

const undecided = (unknown: Unknown): CredentialSubject => ({ kind: "credential", sort: "setting", what: unknown });

/** Credentials among the settings anywhere within a property; where they are not known, that they are not. */
export const credentialsInSettings = (value: unknown, key: string): readonly CredentialSubject[] => {
    if (value instanceof Unknown) return HOLDERS.has(key.toLowerCase()) ? [undecided(value)] : [];
    if (value === null || typeof value !== "object") return [];
    if (Array.isArray(value)) return value.flatMap(each => credentialsInSettings(each, ""));
    if (MAPS.has(key.toLowerCase())) return pairsOf(value).flatMap(judge);
    const named = namedSetting(value);
    if (named !== undefined) return judge(named);
    return Object.entries(value).flatMap(([name, each]) => credentialsInSettings(each, name));
};
