import { fetchJson } from "./fetch.ts";

/** Where a cloud answers, without trailing slashes. */
export interface Endpoints {
    readonly resourceManager: string;
    readonly resourceManagerAudience: string;
    readonly graph: string;
    readonly login: string;
}

/** The clouds that `ARM_ENVIRONMENT` names: https://learn.microsoft.com/graph/deployments */
const CLOUDS: Readonly<Record<string, Endpoints>> = {
    public: {
        resourceManager: "https://management.azure.com",
        resourceManagerAudience: "https://management.azure.com",
        graph: "https://graph.microsoft.com",
        login: "https://login.microsoftonline.com",
    },
    usgovernment: {
        resourceManager: "https://management.usgovcloudapi.net",
        resourceManagerAudience: "https://management.usgovcloudapi.net",
        graph: "https://graph.microsoft.us",
        login: "https://login.microsoftonline.us",
    },
    china: {
        resourceManager: "https://management.chinacloudapi.cn",
        resourceManagerAudience: "https://management.chinacloudapi.cn",
        graph: "https://microsoftgraph.chinacloudapi.cn",
        login: "https://login.chinacloudapi.cn",
    },
};

interface CloudMetadata {
    readonly resourceManager: string;
    readonly microsoftGraphResourceId: string;
    readonly authentication: { readonly loginEndpoint: string; readonly audiences: readonly string[] };
}

const METADATA_VERSION = "2022-09-01";

const bare = (url: string): string => url.replace(/\/+$/, "");

/**
 * The endpoints that the environment points to: those of the metadata host in `ARM_METADATA_HOSTNAME`,
 * else those of the cloud in `ARM_ENVIRONMENT`, else Azure's public cloud.
 * @throws when the cloud is unknown or the metadata host does not answer.
 */
export const endpointsOf = async (env: NodeJS.ProcessEnv): Promise<Endpoints> => {
    const host = env["ARM_METADATA_HOSTNAME"];
    if (host) return fromMetadata(host);
    const name = env["ARM_ENVIRONMENT"] || "public";
    const cloud = CLOUDS[name.toLowerCase()];
    if (!cloud) throw new Error(`ARM_ENVIRONMENT: unknown cloud '${name}', expected ${Object.keys(CLOUDS).join(", ")}`);
    return cloud;
};

const fromMetadata = async (host: string): Promise<Endpoints> => {
    const answer = await fetchJson<CloudMetadata | readonly CloudMetadata[]>(
        `https://${host}/metadata/endpoints?api-version=${METADATA_VERSION}`,
    );
    const metadata = (Array.isArray(answer) ? answer[0] : answer) as CloudMetadata;
    return {
        resourceManager: bare(metadata.resourceManager),
        resourceManagerAudience: bare(metadata.authentication.audiences[0] ?? metadata.resourceManager),
        graph: bare(metadata.microsoftGraphResourceId),
        login: bare(metadata.authentication.loginEndpoint),
    };
};
