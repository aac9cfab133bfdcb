import type { PlainResource } from "./resource.ts";
import type { CredentialSubject } from "./subject-identity.ts";
import { flagOf, isKnown, Unknown } from "./value.ts";

type Sort = CredentialSubject["sort"];

const isGiven = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

const within = (value: unknown, path: readonly string[]): unknown => {
    const [key, ...rest] = path;
    if (key === undefined || value instanceof Unknown) return value;
    if (Array.isArray(value)) return value.map(each => within(each, path)).find(isGiven);
    return value !== null && typeof value === "object" ? within(Reflect.get(value, key), rest) : undefined;
};

/** The value at a path such as `authConfig.passwordAuth`, the first one in a list, or why it is not known. */
const at = (resource: PlainResource, path: string): unknown => {
    const [head = "", ...rest] = path.split(".");
    return within(resource.value(head), rest);
};

/** A credential that is there when a property is, known or not. */
export const whenGiven =
    (sort: Sort, what: string, ...paths: readonly string[]) =>
    (resource: PlainResource): readonly CredentialSubject[] =>
        paths.some(path => isGiven(at(resource, path))) ? [{ kind: "credential", sort, what }] : [];

/** A credential that is there when a switch is on. */
export const whenOn =
    (sort: Sort, what: string, key: string) =>
    (resource: PlainResource): readonly CredentialSubject[] => {
        const flag = flagOf(resource.value(key), key);
        if (!isKnown(flag)) return [{ kind: "credential", sort, what: flag }];
        return flag === true ? [{ kind: "credential", sort, what }] : [];
    };

/** Settings by which a database server takes no password, whatever one it was made with. */
const WITHOUT_PASSWORD: readonly (readonly [path: string, value: RegExp])[] = [
    ["administrators.azureADOnlyAuthentication", /^true$/i],
    ["azureadAdministrator.azureadAuthenticationOnly", /^true$/i],
    ["azureadAuthenticationOnly", /^true$/i],
    ["authConfig.passwordAuth", /^disabled$/i],
    ["authentication.passwordAuthEnabled", /^false$/i],
];

const PASSWORDS = ["administratorLoginPassword", "administratorPassword", "sqlAdministratorLoginPassword"];

/** The password that a database server's administrator signs in with. */
export const readDatabasePassword = (resource: PlainResource): readonly CredentialSubject[] =>
    WITHOUT_PASSWORD.some(([path, value]) => value.test(String(at(resource, path))))
        ? []
        : whenGiven(
              "database",
              "password of a database's administrator",
              ...PASSWORDS,
              "properties.administratorLoginPassword",
          )(resource);
