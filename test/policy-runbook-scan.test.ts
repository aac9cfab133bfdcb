import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import { type ScanAnswer, scanText } from "../policy-pack/runbook-scan.ts";
import { buildPolicyPack } from "../scripts/build-policy-pack.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TEXT = 'Connect-MgGraph -Scopes "User.Read.All"\nGet-MgUser -All';

describe("the scan of runbooks within a policy", () => {
    it("answers before it returns, as rules do not wait", () => {
        const { signIn, calls } = scanText(TEXT);
        assert.deepEqual(signIn, [{ kind: "delegated", line: 1 }]);
        assert.deepEqual(
            calls.map(({ method, path }) => `${method} ${path}`),
            ["GET /users"],
        );
    });

    it("scans a text once", () => {
        assert.equal(scanText(TEXT), scanText(TEXT));
    });

    it("says why a text cannot be scanned, each time, and goes on with the next", () => {
        const long = "#".repeat(8_000_001);
        const refused = /the runbook cannot be scanned: runbook: 8000001 characters; expected at most 8000000/;
        assert.throws(() => scanText(long), refused);
        assert.throws(() => scanText(long), refused);
        assert.deepEqual(scanText("Connect-AzAccount -Identity").signIn, [{ kind: "managed-identity", line: 1 }]);
    });

    it("is built into the package, which nothing imports it into", () => {
        const config = JSON.parse(readFileSync(join(ROOT, "tsconfig.build.json"), "utf8")) as { include: string[] };
        assert.ok(config.include.includes("policy-pack/runbook-scan-worker.ts"));
    });

    it("needs nothing but the pack's own folder, as it is published", async () => {
        const folder = mkdtempSync(join(tmpdir(), "leastwise-scan-"));
        await buildPolicyPack(join(folder, "dist"));
        const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
        const { port1, port2 } = new MessageChannel();
        const worker = new Worker(join(folder, "dist", "runbook-scan-worker.cjs"), {
            workerData: { signal, port: port2 },
            transferList: [port2],
        });
        try {
            port1.postMessage(TEXT);
            const [answer] = (await once(port1, "message")) as [ScanAnswer];
            assert.ok("scan" in answer);
            assert.deepEqual(answer.scan.signIn, scanText(TEXT).signIn);
        } finally {
            port1.close();
            await worker.terminate();
            rmSync(folder, { recursive: true });
        }
    });
});
