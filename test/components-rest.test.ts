import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RestClient, ServiceError } from "../components/rest/client.ts";
import { credentialOf } from "../components/rest/credential.ts";
import { endpointsOf } from "../components/rest/endpoints.ts";
import { send } from "../components/rest/fetch.ts";
import { contentProvider } from "../components/runbook-content/provider.ts";

const QUICK = { attempts: 4, firstDelayMs: 1, longestDelayMs: 4 };

interface Answer {
    readonly status: number;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Breaks the connection instead. */
    readonly lost?: boolean;
}

type Respond = (request: IncomingMessage, body: string) => Answer;

/** A server for one test, with the requests that it got. */
const withServer = async (respond: Respond, use: (url: string, asked: string[]) => Promise<void>): Promise<void> => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
        let body = "";
        request.on("data", chunk => (body += chunk));
        request.on("end", () => {
            asked.push(`${request.method} ${request.url}`);
            const { status, headers, lost, body: answer } = respond(request, body);
            if (lost) request.socket.destroy();
            else response.writeHead(status, headers ?? {}).end(answer);
        });
    });
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
    try {
        await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
    } finally {
        server.closeAllConnections();
        await new Promise(done => server.close(done));
    }
};

const clientOf = (url: string): RestClient =>
    new RestClient(
        { resourceManager: url, resourceManagerAudience: url, graph: url, login: url },
        { getToken: scope => Promise.resolve({ token: `for ${String(scope)}`, expiresOnTimestamp: Infinity }) },
        QUICK,
    );

describe("a REST request", () => {
    const inTurn = (...answers: readonly Answer[]): Respond => {
        let n = 0;
        return () => answers[Math.min(n++, answers.length - 1)] ?? { status: 500 };
    };

    for (const [title, first] of [
        ["throttled", { status: 429, headers: { "retry-after": "0" } }],
        ["refused by a server in trouble", { status: 503 }],
        ["whose answer is lost", { status: 200, lost: true }],
    ] as const) {
        it(`is sent again when it was ${title}`, async () => {
            await withServer(inTurn(first, first, { status: 200, body: "done" }), async (url, asked) => {
                assert.equal(await (await send({ method: "PUT", url: `${url}/x`, body: "b" }, QUICK)).text(), "done");
                assert.equal(asked.length, 3);
            });
        });
    }

    it("waits at least as long as it is told", async () => {
        await withServer(inTurn({ status: 429, headers: { "retry-after": "1" } }, { status: 200 }), async url => {
            const start = performance.now();
            await send({ method: "GET", url }, QUICK);
            assert.ok(performance.now() - start >= 1_000);
        });
    });

    it("is not sent again when the answer is final", async () => {
        for (const status of [400, 403, 404, 409, 501]) {
            await withServer(inTurn({ status }), async (url, asked) => {
                assert.equal((await send({ method: "GET", url }, QUICK)).status, status);
                assert.equal(asked.length, 1);
            });
        }
    });

    it("gives up after its attempts, saying where and why", async () => {
        await withServer(inTurn({ status: 0, lost: true }), async (url, asked) => {
            await assert.rejects(send({ method: "GET", url }, QUICK), {
                message: new RegExp(`^GET ${url}: no answer after 4 attempts: `),
            });
            assert.equal(asked.length, 4);
        });
    });

    it("fails in the service's own words", async () => {
        const body = JSON.stringify({ error: { code: "Conflict", message: "The account is locked." } });
        await withServer(inTurn({ status: 409, body }), async url => {
            const failing = clientOf(url).send("resourceManager", { method: "GET", path: "/x" });
            await assert.rejects(failing, (error: ServiceError) => {
                assert.ok(error instanceof ServiceError);
                assert.deepEqual([error.status, error.message], [409, "GET /x: 409 Conflict: The account is locked."]);
                return true;
            });
        });
    });

    it("carries a token for the service it goes to", async () => {
        const tokens: (string | undefined)[] = [];
        const respond: Respond = ({ headers }) => (tokens.push(headers.authorization), { status: 200 });
        await withServer(respond, async url => {
            await clientOf(url).send("graph", { method: "GET", path: "/v1.0/users" });
            assert.deepEqual(tokens, [`Bearer for ${url}/.default`]);
        });
    });
});

describe("the endpoints", () => {
    it("are Azure's own, or those of the cloud that is named", async () => {
        assert.equal((await endpointsOf({})).resourceManager, "https://management.azure.com");
        assert.equal((await endpointsOf({ ARM_ENVIRONMENT: "usgovernment" })).graph, "https://graph.microsoft.us");
    });

    it("of an unknown cloud are an error", async () => {
        await assert.rejects(endpointsOf({ ARM_ENVIRONMENT: "moon" }), {
            message: "ARM_ENVIRONMENT: unknown cloud 'moon', expected public, usgovernment, china",
        });
    });
});

describe("the credential", () => {
    const LOGIN = "https://login.microsoftonline.com";
    const APP = { ARM_TENANT_ID: "t", ARM_CLIENT_ID: "c" };
    const kinds: readonly (readonly [title: string, env: Record<string, string>, kind: string])[] = [
        ["a client secret", { ...APP, ARM_CLIENT_SECRET: "s" }, "ClientSecretCredential"],
        ["OpenID Connect", { ...APP, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "token" }, "ClientAssertionCredential"],
        ["a managed identity", { ARM_USE_MSI: "true" }, "ManagedIdentityCredential"],
        ["the Azure CLI when nothing else is set", {}, "AzureCliCredential"],
    ];
    for (const [title, env, kind] of kinds) {
        it(`is ${title}`, async () => {
            assert.equal((await credentialOf(env, LOGIN)).constructor.name, kind);
        });
    }

    it("names the variable that is missing", async () => {
        await assert.rejects(credentialOf({ ARM_CLIENT_ID: "c", ARM_CLIENT_SECRET: "s" }, LOGIN), {
            message: "ARM_TENANT_ID is not set; it is needed beside the other ARM_ variables that are",
        });
    });

    it("wants a certificate as PEM, and says how to get it so", async () => {
        const env = { ...APP, ARM_CLIENT_CERTIFICATE_PATH: import.meta.filename };
        await assert.rejects(credentialOf(env, LOGIN), {
            message: /is not a PEM file; convert it: openssl pkcs12 -in/,
        });
    });
});

/** Azure Automation as far as a runbook's content goes. */
const automation = (failPublish = 0) => {
    const runbook: { draft?: string; published?: string; gone?: boolean } = {};
    let failures = failPublish;
    const respond: Respond = ({ method, url = "" }, body) => {
        const path = url.split("?")[0] ?? "";
        if (runbook.gone) return { status: 404, body: "{}" };
        if (method === "PUT" && path.endsWith("/draft/content")) runbook.draft = body;
        else if (method === "POST" && path.endsWith("/publish")) {
            if (failures-- > 0) return { status: 409, body: JSON.stringify({ code: "Conflict", message: "busy" }) };
            if (runbook.draft !== undefined) runbook.published = runbook.draft;
            delete runbook.draft;
        } else if (path.endsWith("/content"))
            return runbook.published === undefined
                ? { status: 404, body: "{}" }
                : { status: 200, body: runbook.published };
        return { status: 200, body: "{}" };
    };
    return { runbook, respond };
};

const ID = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Automation/automationAccounts/aa/runbooks/report";
const text = (content: string) => ({ runbookId: ID, content, __provider: "code" });

describe("a runbook's content", () => {
    it("is uploaded as draft, then published", async () => {
        const { runbook, respond } = automation();
        await withServer(respond, async (url, asked) => {
            const provider = contentProvider(() => Promise.resolve(clientOf(url)));
            assert.deepEqual(await provider.create(text("one")), { id: `${ID}/content`, outs: text("one") });
            assert.deepEqual(asked, [
                `PUT ${ID}/draft/content?api-version=2024-10-23`,
                `POST ${ID}/publish?api-version=2024-10-23`,
            ]);
            assert.deepEqual(runbook, { published: "one" });
        });
    });

    it("waits for an upload and a publish that take their time", async () => {
        let polls = 0;
        const respond: Respond = ({ method, url = "" }) => {
            if (url === "/operation") return { status: polls++ === 0 ? 202 : 200 };
            return method === "GET" ? { status: 200 } : { status: 202, headers: { location: "/operation" } };
        };
        await withServer(respond, async (url, asked) => {
            await contentProvider(() => Promise.resolve(clientOf(url))).create(text("one"));
            assert.equal(asked.filter(line => line === "GET /operation").length, 3);
        });
    });

    it("whose publish failed is kept with what is published, for the next run to finish", async () => {
        const { runbook, respond } = automation(1);
        await withServer(respond, async url => {
            const provider = contentProvider(() => Promise.resolve(clientOf(url)));
            runbook.published = "one";
            await assert.rejects(
                provider.update(`${ID}/content`, text("one"), text("two")),
                (error: Record<string, unknown>) => {
                    assert.equal(error["id"], `${ID}/content`);
                    assert.deepEqual(error["properties"], text("one"));
                    assert.match(
                        String((error["reasons"] as string[])[0]),
                        /uploaded but not published, the next update publishes it/,
                    );
                    return true;
                },
            );
            assert.equal((await provider.diff("", text("one"), text("two"))).changes, true);
            await provider.update(`${ID}/content`, text("one"), text("two"));
            assert.deepEqual(runbook, { published: "two" });
        });
    });

    it("is published although the answer to that was lost, and a second publish is refused", async () => {
        const { runbook, respond } = automation();
        let lost = false;
        const losing: Respond = (request, body) => {
            if (request.method !== "POST") return respond(request, body);
            if (lost) return { status: 400, body: JSON.stringify({ code: "BadRequest", message: "no draft" }) };
            lost = true;
            respond(request, body);
            return { status: 200, lost };
        };
        await withServer(losing, async url => {
            const provider = contentProvider(() => Promise.resolve(clientOf(url)));
            assert.deepEqual((await provider.create(text("one"))).outs, text("one"));
            assert.deepEqual(runbook, { published: "one" });
        });
    });

    it("is read as it is in Azure, is empty before it is published, and is gone with its runbook", async () => {
        const { runbook, respond } = automation();
        await withServer(respond, async url => {
            const provider = contentProvider(() => Promise.resolve(clientOf(url)));
            const read = () => provider.read(`${ID}/content`, text("one"));
            assert.deepEqual((await read()).inputs, { runbookId: ID, content: "" });
            runbook.published = "changed";
            assert.deepEqual((await read()).inputs, { runbookId: ID, content: "changed" });
            runbook.gone = true;
            assert.deepEqual(await read(), {});
        });
    });

    it("is the same whatever byte order mark and line ends Azure gives it", async () => {
        const { runbook, respond } = automation();
        await withServer(respond, async url => {
            const provider = contentProvider(() => Promise.resolve(clientOf(url)));
            runbook.published = "\uFEFFone\r\ntwo\r\n";
            assert.deepEqual((await provider.read("", text("one\ntwo"))).inputs, {
                runbookId: ID,
                content: "one\ntwo",
            });
            assert.equal((await provider.diff("", text("one\r\n"), text("one\n"))).changes, false);
        });
    });

    it("moves to another runbook by replacement", async () => {
        const provider = contentProvider(() => assert.fail("nothing is asked"));
        assert.deepEqual(await provider.diff("", text("one"), { ...text("one"), runbookId: `${ID}2` }), {
            changes: true,
            replaces: ["runbookId"],
        });
    });
});
