import type { Cloud } from "./cloud.ts";
import { DEPLOYER_APP_ID } from "./deployer.ts";
import type { Keys } from "./keys.ts";

/**
 * What clients of a sandbox need in their environment. `ARM_*` steers Pulumi's azure-native and azuread providers,
 * `AZURE_*` the Azure SDKs, the last two whom Go and Node programs trust.
 */
export const clientEnvironment = (cloud: Cloud, keys: Keys): Record<string, string> => {
    const secret = keys.secret("deployer");
    return {
        ARM_METADATA_HOSTNAME: new URL(cloud.url).host,
        ARM_TENANT_ID: cloud.tenantId,
        ARM_SUBSCRIPTION_ID: cloud.subscriptionId,
        ARM_CLIENT_ID: DEPLOYER_APP_ID,
        ARM_CLIENT_SECRET: secret,
        AZURE_AUTHORITY_HOST: cloud.url,
        AZURE_TENANT_ID: cloud.tenantId,
        AZURE_SUBSCRIPTION_ID: cloud.subscriptionId,
        AZURE_CLIENT_ID: DEPLOYER_APP_ID,
        AZURE_CLIENT_SECRET: secret,
        SSL_CERT_FILE: keys.caFile,
        NODE_EXTRA_CA_CERTS: keys.caFile,
    };
};
