import { readFile } from "node:fs/promises";
import type { TokenCredential } from "@azure/core-auth";
import { send } from "./fetch.ts";

type Env = NodeJS.ProcessEnv;

const isTrue = (value: string | undefined): boolean => /^(1|true)$/i.test(value ?? "");

const required = (env: Env, ...names: readonly string[]): string[] =>
    names.map(name => {
        const value = env[name];
        if (!value) throw new Error(`${name} is not set; it is needed beside the other ARM_ variables that are`);
        return value;
    });

/**
 * The credential that the ARM_ variables describe, as the azure-native provider reads them: client secret,
 * client certificate, OpenID Connect, managed identity; Azure CLI when there are none.
 * See https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
 * @throws when a variable that the chosen way needs is missing.
 */
export const credentialOf = async (env: Env, login: string): Promise<TokenCredential> => {
    const identity = await import("@azure/identity");
    const options = {
        authorityHost: login,
        disableInstanceDiscovery: !/\.(microsoftonline|chinacloudapi)\./.test(login),
    };
    if (isTrue(env["ARM_USE_OIDC"])) {
        const [tenant, client] = required(env, "ARM_TENANT_ID", "ARM_CLIENT_ID") as [string, string];
        return new identity.ClientAssertionCredential(tenant, client, () => assertion(env), options);
    }
    if (isTrue(env["ARM_USE_MSI"])) {
        const clientId = env["ARM_CLIENT_ID"];
        return clientId
            ? new identity.ManagedIdentityCredential({ clientId })
            : new identity.ManagedIdentityCredential();
    }
    if (env["ARM_CLIENT_SECRET"]) {
        const names = required(env, "ARM_TENANT_ID", "ARM_CLIENT_ID", "ARM_CLIENT_SECRET") as [string, string, string];
        return new identity.ClientSecretCredential(...names, options);
    }
    if (env["ARM_CLIENT_CERTIFICATE_PATH"]) {
        const [tenant, client] = required(env, "ARM_TENANT_ID", "ARM_CLIENT_ID") as [string, string];
        return new identity.ClientCertificateCredential(tenant, client, await certificate(env), options);
    }
    return new identity.AzureCliCredential(env["ARM_TENANT_ID"] ? { tenantId: env["ARM_TENANT_ID"] } : {});
};

const certificate = async (env: Env): Promise<{ certificate: string; certificatePassword?: string }> => {
    const path = env["ARM_CLIENT_CERTIFICATE_PATH"] ?? "";
    const pem = await readFile(path, "latin1");
    if (!pem.includes("-----BEGIN")) {
        throw new Error(
            `ARM_CLIENT_CERTIFICATE_PATH: '${path}' is not a PEM file; convert it: openssl pkcs12 -in '${path}' -out certificate.pem -nodes`,
        );
    }
    const certificatePassword = env["ARM_CLIENT_CERTIFICATE_PASSWORD"];
    return certificatePassword ? { certificate: pem, certificatePassword } : { certificate: pem };
};

const AUDIENCE = "api://AzureADTokenExchange";

const assertion = async (env: Env): Promise<string> => {
    if (env["ARM_OIDC_TOKEN"]) return env["ARM_OIDC_TOKEN"];
    if (env["ARM_OIDC_TOKEN_FILE_PATH"]) return (await readFile(env["ARM_OIDC_TOKEN_FILE_PATH"], "utf8")).trim();
    const url = env["ARM_OIDC_REQUEST_URL"] ?? env["ACTIONS_ID_TOKEN_REQUEST_URL"];
    const token = env["ARM_OIDC_REQUEST_TOKEN"] ?? env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
    if (!url || !token) {
        throw new Error(
            "ARM_USE_OIDC is set, but none of ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH, ARM_OIDC_REQUEST_URL with ARM_OIDC_REQUEST_TOKEN is",
        );
    }
    return requestAssertion(url, token);
};

const requestAssertion = async (url: string, token: string): Promise<string> => {
    const asked = new URL(url);
    if (!asked.searchParams.has("audience")) asked.searchParams.set("audience", AUDIENCE);
    const response = await send({
        method: "GET",
        url: asked.href,
        headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    });
    const { value } = (await response.json()) as { value?: string };
    if (!value) throw new Error(`the identity token request to ${asked.host} gave no token: ${response.status}`);
    return value;
};
