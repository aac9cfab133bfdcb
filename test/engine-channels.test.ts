import assert from "node:assert/strict";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { Client, credentials, Server, ServerCredentials, type ServiceDefinition } from "@grpc/grpc-js";
import { separateChannels } from "../toolchain/engine-channels.ts";

const asIs = (bytes: Buffer): Buffer => bytes;
const ECHO = {
    path: "/test.Engine/Echo",
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
} as const;
const SERVICE: ServiceDefinition = { echo: ECHO };

const freePort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await new Promise(resolve => server.close(resolve));
    return typeof address === "object" && address !== null ? address.port : 0;
};

const echo = (client: Client): Promise<Buffer> =>
    new Promise((resolve, reject) => {
        client.makeUnaryRequest(ECHO.path, asIs, asIs, Buffer.from("here"), (error, answer) => {
            if (answer === undefined) reject(error ?? new Error("no answer"));
            else resolve(answer);
        });
    });

describe("a connection to an engine", () => {
    it("is made although an earlier engine on the same port has ended", async () => {
        const options = separateChannels();
        const port = await freePort();
        const address = `127.0.0.1:${port}`;
        const left = new Client(address, credentials.createInsecure(), options);
        await assert.rejects(echo(left), /UNAVAILABLE/);

        const engine = new Server();
        engine.addService(SERVICE, {
            echo: (call: { request: Buffer }, answer: (error: null, bytes: Buffer) => void) =>
                answer(null, call.request),
        });
        await promisify(engine.bindAsync.bind(engine))(address, ServerCredentials.createInsecure());
        const next = new Client(address, credentials.createInsecure(), options);
        try {
            assert.equal(String(await echo(next)), "here");
        } finally {
            next.close();
            left.close();
            engine.forceShutdown();
        }
    });
});
