import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { openAuthority, openServerCertificate } from "../sandbox/certificates.ts";
import { withFolder, withSandbox } from "./sandbox-support.ts";

const DAY = 86_400_000;

const filesIn = (folder: string, name = "ca") => ({
    cert: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
});

const handshake = (port: number, servername: string, ca: string): Promise<string | true> =>
    new Promise(done => {
        const socket = connect(
            { host: "localhost", port, servername: servername.includes(":") ? "" : servername, ca },
            () => {
                socket.destroy();
                done(true);
            },
        );
        socket.on("error", error => done(error.message));
    });

describe("sandbox certificates", () => {
    it("are trusted by who trusts the sandbox's authority, and by nobody else", () =>
        withSandbox({}, async sandbox => {
            assert.equal(await handshake(sandbox.port, "localhost", readFileSync(sandbox.caFile, "utf8")), true);
            await withFolder(async folder => {
                const other = await openAuthority(filesIn(folder), Date.now());
                assert.match(
                    String(await handshake(sandbox.port, "localhost", other.cert)),
                    /unable to verify|self-signed|signature/,
                );
            });
        }));

    it("name localhost and both loopback addresses", () =>
        withFolder(async folder => {
            const authority = await openAuthority(filesIn(folder), Date.now());
            const server = await openServerCertificate(filesIn(folder, "server"), authority, Date.now());
            const certificate = new X509Certificate(server.cert);
            assert.equal(certificate.checkHost("localhost"), "localhost");
            assert.equal(certificate.checkIP("127.0.0.1"), "127.0.0.1");
            assert.equal(certificate.checkIP("::1"), "::1");
            assert.equal(certificate.checkHost("example.com"), undefined);
        }));

    it("keep one authority over restarts, so that trust given once lasts", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            let first = "";
            await withSandbox({ stateFile }, async sandbox => void (first = readFileSync(sandbox.caFile, "utf8")));
            await withSandbox({ stateFile }, async sandbox => {
                assert.equal(readFileSync(sandbox.caFile, "utf8"), first);
                assert.equal(statSync(join(folder, "ca.key")).mode & 0o777, 0o600);
            });
        }));

    it("renew the authority when it ends within 30 days", () =>
        withFolder(async folder => {
            const files = filesIn(folder);
            const now = Date.now();
            const first = await openAuthority(files, now);
            assert.equal((await openAuthority(files, now + 300 * DAY)).cert, first.cert);
            assert.notEqual((await openAuthority(files, now + 340 * DAY)).cert, first.cert);
        }));

    it("keep the server's until it ends, is damaged, or another authority takes over", () =>
        withFolder(async folder => {
            const now = Date.now();
            const [authority, files] = [await openAuthority(filesIn(folder), now), filesIn(folder, "server")];
            const open = async (at = now, by = authority) => (await openServerCertificate(files, by, at)).cert;
            const first = await open();
            assert.equal(await open(now + 20 * DAY), first);
            const second = await open(now + 30 * DAY);
            assert.notEqual(second, first);
            writeFileSync(files.key, "no key");
            const third = await open(now + 30 * DAY);
            assert.notEqual(third, second);
            const other = await openAuthority(filesIn(folder, "other"), now);
            assert.notEqual(await open(now + 30 * DAY, other), third);
        }));

    it("give a clear error when the authority's files are damaged", () =>
        withFolder(async folder => {
            const files = filesIn(folder);
            await openAuthority(files, Date.now());
            writeFileSync(files.key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
            await assert.rejects(
                openAuthority(files, Date.now()),
                /ca\.key' is damaged; delete both files for a new one/,
            );
        }));
});
