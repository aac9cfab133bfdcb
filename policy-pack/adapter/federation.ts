import type { Principal } from "../../access/model.ts";
import { CLUSTERS } from "./cluster.ts";
import { principalKindOf } from "./principal-sources.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { FederatedCredentialSubject } from "./subject-identity.ts";
import { partOf, textOf, Unknown, type Value, whenKnown } from "./value.ts";

/** Resource types that let the token of another issuer sign in, and the properties that say as whom. */
const OF_APPLICATION = ["applicationId", "applicationObjectId"];
const FEDERATIONS: Readonly<Record<string, readonly string[]>> = {
    "azuread:ApplicationFederatedIdentityCredential": OF_APPLICATION,
    "azuread:ApplicationFlexibleFederatedIdentityCredential": OF_APPLICATION,
    "azure-native:managedidentity:FederatedIdentityCredential": ["resourceName"],
    "azure:armmsi:FederatedIdentityCredential": ["parentId", "userAssignedIdentityId"],
    "azurerm:FederatedIdentityCredential": ["parentId", "userAssignedIdentityId"],
};

export const FEDERATION_TOKENS: readonly string[] = Object.keys(FEDERATIONS);

const given = <T>(value: Value<T | undefined>, key: string): Value<T> =>
    whenKnown(value, known => known ?? new Unknown(`'${key}' is missing`, false));

const first = (resource: PlainResource, keys: readonly string[]): string =>
    keys.find(key => resource.has(key)) ?? keys[0] ?? "";

/** The user-assigned identity of a name in a group, or of an id. */
const identityOf = (resource: PlainResource, key: string, { principals, places }: StackDefinitions): Principal => {
    const linked = resource.links(key).find(each => principalKindOf(each) === "user-assigned");
    const text = resource.text(key);
    const id = typeof text === "string" && text.startsWith("/") ? text : undefined;
    const made = linked ?? (id === undefined ? places.identityNamed(resource, text) : places.resourceWithId(id));
    const principal = made && principals.madeBy(made);
    if (principal !== undefined) return principal;
    if (typeof text !== "string") return { key: `unknown:${resource.urn}`, kind: "user-assigned", name: resource.name };
    const outside = id ?? places.identityId(resource, text);
    return { key: `object:${outside.toLowerCase()}`, kind: "user-assigned", name: text.split("/").at(-1) ?? text };
};

const audiencesOf = (resource: PlainResource): Value<readonly string[]> => {
    const key = resource.has("audiences") ? "audiences" : "audience";
    const value = resource.value(key);
    if (typeof value === "string") return [value];
    return resource.texts(key);
};

/** azure-native has the text of an expression beside the version of its language. */
const expressionOf = (resource: PlainResource): Value<string | undefined> => {
    const value = resource.value("claimsMatchingExpression");
    return textOf(partOf(value, "value") ?? value, "claimsMatchingExpression");
};

/** Reads a federated credential; undefined for any other resource. */
export const readFederation = (
    resource: PlainResource,
    defined: StackDefinitions,
): FederatedCredentialSubject | undefined => {
    const keys = FEDERATIONS[resource.token ?? ""];
    if (keys === undefined) return undefined;
    const key = first(resource, keys);
    const { principals } = defined;
    const principal =
        keys === OF_APPLICATION
            ? principals.signedInBy(principals.named(resource, key))
            : identityOf(resource, key, defined);
    const expression = expressionOf(resource);
    const subject = resource.text("subject");
    return {
        kind: "federated-credential",
        principal,
        issuer: given(resource.text("issuer"), "issuer"),
        subject: expression === undefined ? given(subject, "subject") : subject,
        expression,
        audiences: audiencesOf(resource),
    };
};

/** Issuers of Entra's own tokens, whose subject is the object id of the identity that asked for one. */
const ENTRA = /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\//i;

/**
 * The principal of the stack whose own tokens a federated credential takes: a managed identity that signs in as an
 * application. https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 */
export const trustedBy = (resource: PlainResource, { principals }: StackDefinitions): Principal | undefined => {
    const issuer = resource.text("issuer");
    if (typeof issuer === "string" && !ENTRA.test(issuer)) return undefined;
    const trusted = principals.named(resource, "subject");
    return trusted.key.startsWith("urn:") ? trusted : undefined;
};

const ISSUERS = [...CLUSTERS, "azure-native:kubernetes:ConnectedCluster"];

const issuerUrl = (cluster: PlainResource): unknown =>
    partOf(cluster.output("oidcIssuerProfile"), "issuerURL") ?? cluster.output("oidcIssuerUrl");

/** URN of the cluster of the stack that issues the tokens which a federated credential takes. */
export const issuerOf = (resource: PlainResource, defined: StackDefinitions): string | undefined => {
    const linked = resource.links("issuer").find(({ token = "" }) => ISSUERS.includes(token));
    if (linked !== undefined) return linked.urn;
    const issuer = resource.text("issuer");
    return typeof issuer === "string"
        ? defined.ofTypes(...ISSUERS).find(cluster => issuerUrl(cluster) === issuer)?.urn
        : undefined;
};
