import { SignJWT, errors, jwtVerify } from "jose";
import type { JWTPayload } from "jose";
import { MICROSOFT_GRAPH } from "../access/apis.ts";
import { appRolesOf } from "./app-roles.ts";
import type { Caller } from "./caller.ts";
import { audienceKey } from "./tables.ts";
import type { Cloud } from "./cloud.ts";
import { AzureError } from "./error.ts";
import type { Keys } from "./keys.ts";
import type { ServicePrincipal } from "./records.ts";

/** An access token and what its holder is told of it. */
export interface IssuedToken {
    readonly token: string;
    /** Seconds. */
    readonly expiresIn: number;
    /** Epoch seconds. */
    readonly expiresOn: number;
}

/** Why a token is refused. */
export class TokenRefused extends Error {}

const APP_LIFETIME = 3599;
const MANAGED_IDENTITY_LIFETIME = 86_400;

/** The issuer in access tokens, as in Azure; its keys are the sandbox's. */
export const issuerOf = (cloud: Cloud): string => `https://sts.windows.net/${cloud.tenantId}/`;

/** Issues and checks the access tokens of one sandbox. */
export class Tokens {
    readonly #cloud: Cloud;
    readonly #keys: Keys;

    constructor(cloud: Cloud, keys: Keys) {
        this.#cloud = cloud;
        this.#keys = keys;
    }

    /**
     * The service principal of the API that an audience names; undefined when the tenant has none.
     * The sandbox's own address names Microsoft Graph, as its cloud metadata say.
     */
    apiOf(audience: string): ServicePrincipal | undefined {
        const key = audienceKey(audience);
        const name = key === this.#cloud.url ? MICROSOFT_GRAPH : key;
        return this.#cloud.servicePrincipals.by("name", name)[0];
    }

    /**
     * The service principal of the API that an audience names.
     * @throws AzureError as the token endpoint answers when the tenant has none
     */
    requireApi(audience: string): ServicePrincipal {
        const api = this.apiOf(audience);
        if (api) return api;
        throw new AzureError(
            400,
            "invalid_resource",
            `AADSTS500011: The resource principal named ${audience} was not found in the tenant named Contoso.`,
        );
    }

    /**
     * An access token as Entra issues it to an application: `roles` are its permissions on the audience's API.
     * Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
     */
    async issue(principal: ServicePrincipal, api: ServicePrincipal, audience: string): Promise<IssuedToken> {
        const issuedAt = Math.floor(this.#cloud.now() / 1000);
        const managed = principal.servicePrincipalType === "ManagedIdentity";
        const expiresIn = managed ? MANAGED_IDENTITY_LIFETIME : APP_LIFETIME;
        const roles = this.#rolesOf(principal, api);
        const claims: JWTPayload = {
            aud: audience,
            iss: issuerOf(this.#cloud),
            iat: issuedAt,
            nbf: issuedAt,
            exp: issuedAt + expiresIn,
            app_displayname: principal.displayName,
            appid: principal.appId,
            appidacr: managed ? "2" : "1",
            idp: issuerOf(this.#cloud),
            idtyp: "app",
            oid: principal.id,
            ...(roles.length > 0 && { roles }),
            sub: principal.id,
            tid: this.#cloud.tenantId,
            ver: "1.0",
            ...(managed && { xms_mirid: principal.alternativeNames[1] }),
        };
        const token = await new SignJWT(claims).setProtectedHeader(this.#header()).sign(this.#keys.signing);
        return { token, expiresIn, expiresOn: issuedAt + expiresIn };
    }

    /**
     * A token of an outside issuer (a GitHub workflow's, a cluster's), which the sandbox plays, for federated sign-in.
     */
    issueAssertion(issuer: string, subject: string, audience: string): Promise<string> {
        const issuedAt = Math.floor(this.#cloud.now() / 1000);
        const claims = { iss: issuer, sub: subject, aud: audience, iat: issuedAt, nbf: issuedAt, exp: issuedAt + 300 };
        return new SignJWT(claims).setProtectedHeader(this.#header()).sign(this.#keys.signing);
    }

    /**
     * The caller that an access token for one API speaks for.
     * @throws TokenRefused when the token is none of this sandbox, has expired, or is for another API
     */
    async verify(token: string, apiAppId: string): Promise<Caller> {
        const claims = await this.verifyAssertion(token);
        const api = this.apiOf(String(claims.aud));
        if (api?.appId !== apiAppId) throw new TokenRefused("Invalid audience.");
        if (claims["idtyp"] !== "app") throw new TokenRefused("The token is no access token.");
        return {
            objectId: String(claims["oid"]),
            appId: String(claims["appid"]),
            roles: new Set((claims["roles"] as string[] | undefined) ?? []),
        };
    }

    /**
     * The claims of a token that this sandbox signed.
     * @throws TokenRefused
     */
    async verifyAssertion(token: string): Promise<JWTPayload> {
        try {
            const { payload } = await jwtVerify(token, this.#keys.verification, {
                currentDate: new Date(this.#cloud.now()),
            });
            return payload;
        } catch (error) {
            if (error instanceof errors.JWTExpired)
                throw new TokenRefused("Lifetime validation failed, the token is expired.");
            if (error instanceof errors.JWSSignatureVerificationFailed)
                throw new TokenRefused("Signature validation failed.");
            throw new TokenRefused("JWT is not well formed.");
        }
    }

    #header(): { alg: string; typ: string; kid: string } {
        return { alg: "RS256", typ: "JWT", kid: "sandbox" };
    }

    #rolesOf(principal: ServicePrincipal, api: ServicePrincipal): readonly string[] {
        const names = new Map(appRolesOf(api).map(role => [role.id, role.value]));
        const grants = this.#cloud.appRoleAssignments.by("principal", principal.id);
        return grants
            .filter(grant => grant.resourceId === api.id)
            .flatMap(grant => names.get(grant.appRoleId) ?? [])
            .sort();
    }
}
