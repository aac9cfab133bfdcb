import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { Cloud } from "../sandbox/cloud.ts";
import { startSandbox } from "../sandbox/server.ts";
import { graphOf, trust, withFolder, withSandbox } from "./sandbox-support.ts";

const user = (name: string) => ({
    displayName: name,
    userPrincipalName: `${name}@contoso.onmicrosoft.com`,
    mailNickname: name,
    accountEnabled: true,
});

const PERMISSIONS = ["User.ReadWrite.All"];
const CHILD = join(import.meta.dirname, "sandbox-child.ts");

/** Writes groups until the file may grow no more. */
const FILL = `
import { Cloud } from "../sandbox/cloud.ts";
const cloud = new Cloud(process.argv[1]);
for (let kept = 0; ; kept++) {
    cloud.groups.set(String(kept), { id: String(kept), displayName: "x".repeat(100), members: [], properties: {} });
    try {
        cloud.save();
    } catch (error) {
        console.log(JSON.stringify({ kept, error: error.message }));
        process.exit(0);
    }
}
`;

const refuses = async (file: string, content: string, message: RegExp): Promise<void> => {
    writeFileSync(file, content);
    await assert.rejects(startSandbox({ stateFile: file }), message);
    assert.equal(readFileSync(file, "utf8"), content);
};

describe("sandbox state file", () => {
    it("shows a second run the cloud of the first", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "cloud", "state.jsonl");
            await withSandbox({ stateFile, deployerPermissions: PERMISSIONS }, async sandbox => {
                const created = await graphOf(sandbox)("POST", "/v1.0/users", user("zoe"));
                assert.equal(created.status, 201);
            });
            await withSandbox({ stateFile }, async sandbox => {
                const read = await graphOf(sandbox)("GET", "/v1.0/users/zoe@contoso.onmicrosoft.com");
                assert.equal(read.status, 200);
                assert.equal(read.body.displayName, "zoe");
            });
        }));

    it("keeps every write that was acknowledged before a SIGKILL, and lets the next sandbox take over its lock", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            const child = spawn(process.execPath, [CHILD, stateFile], { stdio: ["ignore", "pipe", "inherit"] });
            const [line] = (await once(child.stdout, "data")) as [Buffer];
            const { url, caFile, token } = JSON.parse(line.toString("utf8")) as Record<string, string>;
            trust({ caFile: String(caFile) });
            const acknowledged: string[] = [];
            const exited = once(child, "exit");
            const write = async (worker: number): Promise<void> => {
                for (let i = 0; ; i++) {
                    const name = `w${worker}-${i}`;
                    const response = await fetch(`${url}/v1.0/users`, {
                        method: "POST",
                        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
                        body: JSON.stringify(user(name)),
                    }).catch(() => undefined);
                    if (response?.status !== 201) return;
                    acknowledged.push(name);
                    if (acknowledged.length === 60) child.kill("SIGKILL");
                }
            };
            await Promise.all([0, 1, 2, 3].map(write));
            await exited;
            assert.ok(acknowledged.length >= 60);
            const cloud = new Cloud(stateFile);
            const kept = acknowledged.filter(
                name => cloud.users.by("userPrincipalName", user(name).userPrincipalName).length === 1,
            );
            cloud.close();
            assert.deepEqual(kept, acknowledged);
        }));

    it("drops a line cut short, which was never acknowledged, and goes on after it", () =>
        withFolder(folder => {
            const file = join(folder, "state.jsonl");
            const first = new Cloud(file);
            first.users.set("a", { id: "a", displayName: "A", userPrincipalName: "a@x", properties: {} });
            first.close();
            appendFileSync(file, '[["users","b",{"id":"b","displ');
            const second = new Cloud(file);
            assert.deepEqual(
                [...second.users.values()].map(u => u.id),
                ["a"],
            );
            second.users.set("c", { id: "c", displayName: "C", userPrincipalName: "c@x", properties: {} });
            second.save();
            second.close();
            const third = new Cloud(file);
            assert.deepEqual(
                [...third.users.values()].map(u => u.id),
                ["a", "c"],
            );
            third.close();
        }));

    it("cut at any byte, opens with every set of changes before the cut and no part of one after it", () =>
        withFolder(folder => {
            const whole = join(folder, "whole.jsonl");
            const cloud = new Cloud(whole);
            const ends: number[] = [statSync(whole).size];
            for (let i = 0; i < 2; i++) {
                const group = (name: string) => ({
                    id: name,
                    displayName: `${name} Zürich`,
                    members: [],
                    properties: {},
                });
                cloud.groups.set(`a${i}`, group(`a${i}`));
                cloud.groups.set(`b${i}`, group(`b${i}`));
                cloud.save();
                ends.push(statSync(whole).size);
            }
            const bytes = readFileSync(whole);
            for (let cut = Number(ends[0]); cut <= bytes.length; cut++) {
                const file = join(folder, "cut.jsonl");
                writeFileSync(file, bytes.subarray(0, cut));
                const opened = new Cloud(file);
                const sets = ends.filter(end => end <= cut).length - 1;
                const expected = Array.from({ length: sets }, (_, i) => [`a${i}`, `b${i}`]).flat();
                assert.deepEqual(
                    [...opened.groups.values()].map(group => group.id),
                    expected,
                    `cut at ${cut}`,
                );
                opened.close();
            }
            cloud.close();
        }));

    it("replays any sequence of writes and removals to the same rows, compacted or not", () =>
        withFolder(folder => {
            let run = 0;
            const operation = fc.tuple(
                fc.constantFrom("a", "b", "c", "d"),
                fc.option(fc.string(), { nil: undefined }),
                fc.boolean(),
            );
            fc.assert(
                fc.property(fc.array(operation, { maxLength: 30 }), operations => {
                    const file = join(folder, `${run++}.jsonl`);
                    const expected = new Map<string, string>();
                    let cloud = new Cloud(file);
                    for (const [key, displayName, reopen] of operations) {
                        if (displayName === undefined) {
                            cloud.groups.delete(key);
                            expected.delete(key);
                        } else {
                            cloud.groups.set(key, { id: key, displayName, members: [], properties: {} });
                            expected.set(key, displayName);
                        }
                        cloud.save();
                        if (!reopen) continue;
                        cloud.close();
                        cloud = new Cloud(file);
                    }
                    const rows = new Map([...cloud.groups.values()].map(group => [group.id, group.displayName]));
                    for (const [key, name] of expected) {
                        assert.ok(cloud.groups.by("displayName", name.toLowerCase()).some(group => group.id === key));
                    }
                    cloud.close();
                    assert.deepEqual(rows, expected);
                }),
                { numRuns: 50 },
            );
        }));

    it("takes nothing of a write that is still under way when the sandbox closes", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            const sandbox = await startSandbox({ stateFile, latencyMs: 100, deployerPermissions: PERMISSIONS });
            trust(sandbox);
            const unanswered = assert.rejects(graphOf(sandbox)("POST", "/v1.0/users", user("late")), /fetch failed/);
            await setTimeout(50);
            await sandbox.close();
            const bytes = readFileSync(stateFile);
            await unanswered;
            await setTimeout(100);
            assert.deepEqual(readFileSync(stateFile), bytes);
            await withSandbox({ stateFile }, async reopened => assert.equal(reopened.cloud.users.size, 25));
        }));

    it("stays whole when the disk is full: the write fails, and all before it is kept", () =>
        withFolder(async folder => {
            const file = join(folder, "state.jsonl");
            new Cloud(file).close();
            const limited = `trap '' XFSZ; ulimit -f 8; exec "$0" --input-type=module -e "$1" "$2"`;
            const { stdout } = await promisify(execFile)("bash", ["-c", limited, process.execPath, FILL, file], {
                cwd: import.meta.dirname,
            });
            const { kept, error } = JSON.parse(stdout) as { kept: number; error: string };
            assert.match(error, /EFBIG/);
            const cloud = new Cloud(file);
            assert.equal(cloud.groups.size, kept);
            cloud.close();
        }));

    it("is refused when damaged, with its line, and left as it was", () =>
        withFolder(async folder => {
            const file = join(folder, "state.jsonl");
            new Cloud(file).close();
            const header = readFileSync(file, "utf8");
            await refuses(file, "", /state\.jsonl' is damaged at line 1/);
            await refuses(file, "not json\n", /is damaged at line 1: expected JSON, got 'not json'/);
            await refuses(file, "{}\n", /is damaged at line 1: expected the header/);
            await refuses(
                file,
                `${header}[["users","a",{}]]\n`,
                /is damaged at line 2: record 'a' of users is incomplete/,
            );
            await refuses(
                file,
                `${header}[["users","a"]]\n{"users":1}\n`,
                /is damaged at line 3: expected a list of changes/,
            );
            await refuses(file, `${header}[["usres","a",{}]]\n`, /is damaged at line 2: unknown table 'usres'/);
            await refuses(
                file,
                `${header}[["users","a",{"id":\n[]\n`,
                /is damaged at line 2.*restore it from a copy, or move it away/,
            );
        }));

    it("is refused when a newer version wrote it, and left as it was", () =>
        withFolder(async folder => {
            const file = join(folder, "state.jsonl");
            new Cloud(file).close();
            const newer = readFileSync(file, "utf8").replace('"leastwiseSandbox":1', '"leastwiseSandbox":2');
            await refuses(
                file,
                newer,
                /has version 2, newer than this program's 1; .*use the newer leastwise, or another file/,
            );
        }));

    it("is refused while another sandbox has it, and free after that one closed", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            await withSandbox({ stateFile }, () =>
                assert.rejects(
                    startSandbox({ stateFile }),
                    new RegExp(`state.jsonl' is in use by process ${process.pid}`),
                ),
            );
            await withSandbox({ stateFile }, async () => {});
        }));

    it("is refused while a sandbox of another process has it", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            const child = spawn(process.execPath, [CHILD, stateFile], { stdio: ["ignore", "pipe", "inherit"] });
            await once(child.stdout, "data");
            await assert.rejects(startSandbox({ stateFile }), new RegExp(`in use by process ${child.pid}`));
            const exited = once(child, "exit");
            child.kill("SIGTERM");
            await exited;
            await withSandbox({ stateFile }, async () => {});
        }));

    it("holds no secret and can be read by its owner alone", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            await withSandbox({ stateFile, deployerPermissions: ["Application.ReadWrite.All"] }, async sandbox => {
                const graph = graphOf(sandbox);
                const application = await graph("POST", "/v1.0/applications", { displayName: "orders" });
                const secret = await graph("POST", `/v1.0/applications/${application.body.id}/addPassword`, {});
                const state = readFileSync(stateFile, "utf8");
                assert.ok(state.includes(application.body.id));
                assert.ok(!state.includes(secret.body.secretText));
                assert.ok(!state.includes(String(sandbox.env["ARM_CLIENT_SECRET"])));
            });
            for (const file of ["state.jsonl", "ca.key", "server.key", "signing.jwk"]) {
                assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
            }
        }));
});

describe("sandbox port", () => {
    it("gives a clear error when it is taken, and frees the state file", () =>
        withFolder(async folder => {
            const stateFile = join(folder, "state.jsonl");
            const other = createServer().listen(0, "127.0.0.1");
            await once(other, "listening");
            const { port } = other.address() as AddressInfo;
            await assert.rejects(startSandbox({ stateFile, port }), new RegExp(`port ${port} is taken`));
            other.close();
            await once(other, "close");
            await withSandbox({ stateFile, port }, async sandbox => assert.equal(sandbox.port, port));
        }));
});
