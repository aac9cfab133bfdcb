import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";

/** What the CLI says of one policy when it publishes a pack. */
export interface PublishedPolicy {
    readonly name: string;
    readonly description: string;
    readonly enforcementLevel: string;
    readonly severity?: string;
    readonly remediationSteps?: string;
    readonly url?: string;
    readonly framework?: { readonly name: string; readonly reference: string };
    readonly configSchema?: { readonly type: string; readonly properties: Readonly<Record<string, unknown>> };
}

/** What the CLI says of a pack when it publishes it. */
export interface PublishedPack {
    readonly name: string;
    readonly displayName: string;
    readonly versionTag: string;
    readonly description: string;
    readonly readme?: string;
    readonly provider?: string;
    readonly tags?: readonly string[];
    readonly runtime: string;
    readonly policies: readonly PublishedPolicy[];
}

/** What a policy group is told to run. */
export interface EnabledPack {
    readonly name: string;
    readonly versionTag?: string;
    readonly config?: Readonly<Record<string, unknown>>;
}

const ORGANISATIONS = [{ githubLogin: "contoso", name: "Contoso" }];
const USER = { id: "1", githubLogin: "someone", name: "Someone", organizations: ORGANISATIONS };
const STACK = "/api/stacks/contoso/shop/prod";

/**
 * A stand-in for the part of Pulumi Cloud that takes policy packs and has a stack judged by them, on loopback. It believes
 * whoever asks, and forgets what is deployed.
 * Source: backend/httpstate/client/client.go in github.com/pulumi/pulumi/pkg/v3
 */
export class PolicyCloud {
    readonly asked: string[] = [];
    pack: PublishedPack | undefined;
    tarball: Buffer | undefined;
    /** Whether the CLI has said that the upload is whole. */
    complete = false;
    enabled: EnabledPack | undefined;
    readonly #server = createServer((request, response) => {
        this.#answer(request, response).catch((error: unknown) => {
            response.writeHead(500).end(String(error));
        });
    });

    get url(): string {
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    open(): Promise<void> {
        return new Promise(done => this.#server.listen(0, "127.0.0.1", done));
    }

    close(): Promise<void> {
        this.#server.closeAllConnections();
        return new Promise(done => void this.#server.close(() => done()));
    }

    async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const asked = `${request.method} ${request.url}`;
        this.asked.push(asked);
        const found = (await this.#find(asked, request)) ?? this.#findVersion(asked) ?? this.#findStack(asked);
        const content = JSON.stringify(found ?? { code: 404, message: `not served here: ${asked}` });
        response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" }).end(content);
    }

    async #find(asked: string, request: IncomingMessage): Promise<object | undefined> {
        if (asked === "GET /api/user") return USER;
        if (asked === "GET /api/user/organizations/default") return { githubLogin: "contoso" };
        if (asked === "GET /api/capabilities") return { capabilities: [] };
        if (asked === "POST /api/orgs/contoso/policypacks") {
            this.pack = JSON.parse(await text(request)) as PublishedPack;
            return { version: 1, uploadURI: `${this.url}/upload`, requiredHeaders: {} };
        }
        if (asked === "PUT /upload") {
            this.tarball = await buffer(request);
            return {};
        }
        if (asked === "PATCH /api/orgs/contoso/policygroups/default-policy-group") {
            this.enabled = (JSON.parse(await text(request)) as { addPolicyPack: EnabledPack }).addPolicyPack;
            return {};
        }
        return undefined;
    }

    #findVersion(asked: string): object | undefined {
        const { name = "", versionTag = "", policies = [] } = this.pack ?? {};
        const version = `/api/orgs/contoso/policypacks/${name}/versions/${versionTag}`;
        if (asked === `POST ${version}/complete`) {
            this.complete = true;
            return {};
        }
        if (asked === `GET ${version}/schema`)
            return { configSchema: Object.fromEntries(policies.map(each => [each.name, each.configSchema])) };
        return undefined;
    }

    /** One stack, of which nothing is deployed yet; each of its previews is held to what is enabled. */
    #findStack(asked: string): object | undefined {
        const [method = "", path = ""] = asked.replace(/\?.*/, "").split(" ");
        if (!path.startsWith(STACK)) return undefined;
        if (asked === `GET ${STACK}`)
            return {
                id: "1",
                orgName: "contoso",
                projectName: "shop",
                stackName: "prod",
                activeUpdate: "",
                tags: {},
                version: 1,
            };
        if (path === `${STACK}/export`) return { version: 3, deployment: {} };
        if (path === `${STACK}/preview`) return { updateID: "one", requiredPolicies: this.#required() };
        return method === "POST" && /\/(?:one|renew_lease)$/.test(path) ? { version: 1, token: "of-nobody" } : {};
    }

    #required(): readonly object[] {
        if (this.pack === undefined || this.enabled === undefined) return [];
        const { name, versionTag, displayName } = this.pack;
        const packLocation = `${this.url}/pack.tgz`;
        return [{ name, version: 1, versionTag, displayName, packLocation, config: this.enabled.config ?? {} }];
    }
}
