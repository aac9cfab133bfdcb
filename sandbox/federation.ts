import type { Cloud } from "./cloud.ts";
import { AzureError } from "./error.ts";
import type { ServicePrincipal } from "./records.ts";
import { TokenRefused } from "./tokens.ts";
import type { Tokens } from "./tokens.ts";

/** What a federated credential trusts. */
interface FederatedTrust {
    readonly issuer: string;
    readonly subject: string;
    readonly audiences: readonly string[];
}

const TYPE = "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials";

const trustsOf = (cloud: Cloud, client: ServicePrincipal): readonly FederatedTrust[] => {
    const resourceId = client.alternativeNames[1];
    if (resourceId === undefined) return cloud.applications.by("appId", client.appId)[0]?.federatedCredentials ?? [];
    return cloud.resources
        .by("parent", resourceId.toLowerCase())
        .filter(resource => resource.type.toLowerCase() === TYPE)
        .map(resource => resource.properties as unknown as FederatedTrust);
};

/** The first part of the assertion that no credential of the identity trusts. */
const mismatch = (
    trusts: readonly FederatedTrust[],
    issuer: string,
    subject: string,
    audience: string,
): string | undefined => {
    const sameIssuer = trusts.filter(trust => trust.issuer === issuer);
    if (sameIssuer.length === 0)
        return `AADSTS700211: No matching federated identity record found for presented assertion issuer '${issuer}'.`;
    const sameSubject = sameIssuer.filter(trust => trust.subject === subject);
    if (sameSubject.length === 0)
        return `AADSTS700213: No matching federated identity record found for presented assertion subject '${subject}'.`;
    if (sameSubject.some(trust => trust.audiences.includes(audience))) return undefined;
    return `AADSTS700212: No matching federated identity record found for presented assertion audience '${audience}'.`;
};

/**
 * Accepts a federated token for a client: signed by the sandbox in its part as an outside issuer, and trusted by
 * issuer, subject and audience in one federated credential of the client's identity or app registration.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust-user-assigned-managed-identity
 * @throws AzureError as the token endpoint answers
 */
export const checkFederatedCredential = async (
    cloud: Cloud,
    tokens: Tokens,
    client: ServicePrincipal,
    assertion: string,
): Promise<void> => {
    const refuse = (message: string): AzureError => new AzureError(401, "invalid_client", message);
    const claims = await tokens.verifyAssertion(assertion).catch((error: unknown) => {
        if (!(error instanceof TokenRefused)) throw error;
        const expired = error.message.includes("expired");
        throw refuse(
            expired
                ? "AADSTS700024: Client assertion is not within its valid time range."
                : `AADSTS50013: Assertion failed signature validation. ${error.message}`,
        );
    });
    const audience = Array.isArray(claims.aud) ? (claims.aud[0] ?? "") : (claims.aud ?? "");
    const why = mismatch(trustsOf(cloud, client), claims.iss ?? "", claims.sub ?? "", audience);
    if (why !== undefined) throw refuse(why);
};
