import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnsecuredJWT } from "jose";
import { openAuthority, openServerCertificate } from "../../sandbox/certificates.ts";

type Json = Record<string, unknown>;

/** What the next matching request gets instead of an answer. */
export interface Fault {
    readonly method: string;
    readonly path: RegExp;
    /** `reset` ends the connection; with `after` the request takes effect first. */
    readonly answer:
        | "reset"
        | {
              readonly status: number;
              readonly body?: unknown;
              readonly text?: string;
              readonly headers?: Record<string, string>;
          };
    readonly after?: true;
}

export interface FakeAzure {
    readonly url: string;
    readonly caFile: string;
    /** By lower-cased path. */
    readonly objects: Map<string, Json>;
    /** `METHOD path`, in order, without the query. */
    readonly requests: string[];
    /** Bodies of writes, in order. */
    readonly bodies: { readonly request: string; readonly body: Json; readonly query: string }[];
    readonly faults: Fault[];
    readonly env: Readonly<Record<string, string>>;
    token(): Promise<string>;
    close(): Promise<void>;
}

export const SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
const CLAIMS = { appid: "client", oid: "object", tid: "tenant" };

const readBody = async (request: IncomingMessage): Promise<Json> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    return text === "" ? {} : (JSON.parse(text) as Json);
};

const send = (response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
};

const notFound = { error: { code: "ResourceNotFound", message: "not found" } };

/** A store that takes any PUT, POST, PATCH, GET and DELETE: enough of Azure to see what the providers say to it. */
const serve = (objects: Map<string, Json>, method: string, path: string, query: URLSearchParams, body: Json) => {
    const key = path.toLowerCase().replace("/v1.0/", "/graph/").replace("/beta/", "/graph/");
    const found = objects.get(key);
    const name = path.split("/").at(-1) ?? "";
    if (method === "PUT") {
        const made = { id: path, name, type: "Fake", ...body };
        objects.set(key, made);
        return { status: found ? 200 : 201, body: made };
    }
    if (method === "POST") {
        const made = { id: randomUUID(), ...body };
        objects.set(`${key}/${made.id}`, made);
        return { status: 201, body: made };
    }
    const filter = /^(\w+) eq '(.*)'$/.exec(query.get("$filter") ?? "");
    if (filter !== null) {
        const [, field = "", value] = filter;
        const inCollection = [...objects].filter(([id]) => id.startsWith(`${key}/`)).map(([, object]) => object);
        return { status: 200, body: { value: inCollection.filter(object => object[field] === value) } };
    }
    if (found === undefined) return { status: 404, body: notFound };
    if (method === "PATCH") {
        objects.set(key, { ...found, ...body });
        return { status: 204, body: undefined };
    }
    if (method === "DELETE") objects.delete(key);
    return method === "DELETE" ? { status: 204, body: undefined } : { status: 200, body: found };
};

/** Starts a stand-in for Azure's REST API on a free loopback port. */
export const startFakeAzure = async (): Promise<FakeAzure> => {
    const folder = mkdtempSync(join(tmpdir(), "leastwise-fake-azure-"));
    const caFile = join(folder, "ca.pem");
    const authorityFiles = { cert: caFile, key: join(folder, "ca.key") };
    const authority = await openAuthority(authorityFiles, Date.now());
    const serverFiles = { cert: join(folder, "server.pem"), key: join(folder, "server.key") };
    const certificate = await openServerCertificate(serverFiles, authority, Date.now());
    const fake = { objects: new Map<string, Json>(), requests: [] as string[], faults: [] as Fault[] };
    const bodies: { request: string; body: Json; query: string }[] = [];
    const server = createServer(certificate, (request, response) => {
        void (async () => {
            const { pathname, searchParams } = new URL(request.url ?? "/", "https://localhost");
            const path = decodeURIComponent(pathname);
            const method = request.method ?? "GET";
            const body = await readBody(request);
            fake.requests.push(`${method} ${path}`);
            if (method !== "GET") bodies.push({ request: `${method} ${path}`, body, query: searchParams.toString() });
            const index = fake.faults.findIndex(fault => fault.method === method && fault.path.test(path));
            const [fault] = index < 0 ? [] : fake.faults.splice(index, 1);
            if (fault === undefined || fault.after) {
                const answer = serve(fake.objects, method, path, searchParams, body);
                if (fault === undefined) return send(response, answer.status, answer.body);
            }
            if (fault.answer === "reset") request.socket.destroy();
            else if (fault.answer.text === undefined)
                send(response, fault.answer.status, fault.answer.body, fault.answer.headers);
            else response.writeHead(fault.answer.status, { "content-type": "application/json" }).end(fault.answer.text);
        })();
    });
    await new Promise<void>(done => server.listen(0, "localhost", done));
    return {
        ...fake,
        bodies,
        url: `https://localhost:${(server.address() as AddressInfo).port}`,
        caFile,
        env: { ARM_SUBSCRIPTION_ID: SUBSCRIPTION },
        token: () => Promise.resolve(new UnsecuredJWT(CLAIMS).encode()),
        close: async () => {
            server.closeAllConnections();
            await new Promise(done => server.close(done));
            rmSync(folder, { recursive: true });
        },
    };
};
