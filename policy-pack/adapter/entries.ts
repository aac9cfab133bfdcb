import type { Entry, Principal } from "../../access/model.ts";
import { readFederation } from "./federation.ts";
import { decided } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

/** An entry with whom it signs in. */
export interface GivenEntry {
    readonly entry: Entry;
    readonly principal: Principal;
}

type Secret = readonly [kind: "password" | "certificate", keys: readonly string[]];

/** Resource types that are a secret of a principal, and the property that says whose. */
const SECRETS: Readonly<Record<string, Secret>> = {
    "azuread:ApplicationPassword": ["password", ["applicationId", "applicationObjectId"]],
    "azuread:ApplicationCertificate": ["certificate", ["applicationId", "applicationObjectId"]],
    "azuread:ServicePrincipalPassword": ["password", ["servicePrincipalId"]],
    "azuread:ServicePrincipalCertificate": ["certificate", ["servicePrincipalId"]],
};

const secretOf = (resource: PlainResource, [kind, keys]: Secret, { principals }: StackDefinitions): GivenEntry => {
    const key = keys.find(each => resource.has(each)) ?? keys[0] ?? "";
    const principal = principals.signedInBy(principals.named(resource, key));
    return { principal, entry: { key: resource.urn, urn: resource.urn, principal: principal.key, kind } };
};

const innerPassword = (resource: PlainResource, { principals }: StackDefinitions): readonly GivenEntry[] => {
    const [made, password] = [principals.madeBy(resource), resource.value("password")];
    const isNone = password === undefined || password === null || (Array.isArray(password) && password.length === 0);
    if (made === undefined || isNone) return [];
    const principal = principals.signedInBy(made);
    const key = `${resource.urn}#password`;
    return [{ principal, entry: { key, urn: resource.urn, principal: principal.key, kind: "password" } }];
};

const federationOf = (resource: PlainResource, defined: StackDefinitions): readonly GivenEntry[] => {
    const read = readFederation(resource, defined);
    if (read === undefined) return [];
    const { principal, issuer, subject, expression, audiences } = read;
    const shown = subject ?? expression;
    return [
        {
            principal,
            entry: {
                key: resource.urn,
                urn: resource.urn,
                principal: principal.key,
                kind: "federated-credential",
                issuer: decided(issuer),
                ...(shown !== undefined && { subject: decided(shown) }),
                audiences: decided(audiences),
            },
        },
    ];
};

/** The ways to sign in from outside that a resource opens. */
export const entriesOf = (resource: PlainResource, defined: StackDefinitions): readonly GivenEntry[] => {
    const secret = SECRETS[resource.token ?? ""];
    if (secret !== undefined) return [secretOf(resource, secret, defined)];
    if (resource.token === "azuread:Application") return innerPassword(resource, defined);
    return federationOf(resource, defined);
};
