import type { Entry, Principal } from "../../access/model.ts";
import { issuerOf, readFederation, trustedBy } from "./federation.ts";
import { decided } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { vaultsKeeping } from "./vault.ts";

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

const secretOf = (resource: PlainResource, [kind, keys]: Secret, defined: StackDefinitions): GivenEntry => {
    const { principals } = defined;
    const key = keys.find(each => resource.has(each)) ?? keys[0] ?? "";
    const principal = principals.signedInBy(principals.named(resource, key));
    const storedIn = vaultsKeeping(resource, defined);
    const entry = { key: resource.urn, urn: resource.urn, principal: principal.key, kind };
    return { principal, entry: { ...entry, ...(storedIn.length > 0 && { storedIn }) } };
};

const innerPassword = (resource: PlainResource, defined: StackDefinitions): readonly GivenEntry[] => {
    const { principals } = defined;
    const [made, password] = [principals.madeBy(resource), resource.value("password")];
    const isNone = password === undefined || password === null || (Array.isArray(password) && password.length === 0);
    if (made === undefined || isNone) return [];
    const principal = principals.signedInBy(made);
    const storedIn = vaultsKeeping(resource, defined);
    const entry = { key: `${resource.urn}#password`, urn: resource.urn, principal: principal.key } as const;
    return [{ principal, entry: { ...entry, kind: "password", ...(storedIn.length > 0 && { storedIn }) } }];
};

const federationOf = (resource: PlainResource, defined: StackDefinitions): readonly GivenEntry[] => {
    const read = readFederation(resource, defined);
    if (read === undefined) return [];
    const { principal, issuer, subject, expression, audiences } = read;
    const shown = subject ?? expression;
    const [trusts, issuedBy] = [trustedBy(resource, defined), issuerOf(resource, defined)];
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
                ...(trusts !== undefined && { trusts: trusts.key }),
                ...(issuedBy !== undefined && { issuedBy }),
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
