import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { graphOf, names, withSandbox } from "./sandbox-support.ts";

describe("sandbox Graph batch", () => {
    it("answers each request by itself, and 424 to what depends on a failed one", () =>
        withSandbox({}, async sandbox => {
            const answer = await graphOf(sandbox)("POST", "/v1.0/$batch", {
                requests: [
                    { id: "1", method: "GET", url: "/users?$top=1&$select=displayName" },
                    { id: "2", method: "GET", url: "/devices" },
                    { id: "3", method: "GET", url: "/users", dependsOn: ["2"] },
                ],
            });
            assert.equal(answer.status, 200);
            const [first, second, third] = answer.body.responses;
            assert.deepEqual([first.status, second.status, third.status], [200, 403, 424]);
            assert.deepEqual(names(first.body.value), ["Ada Brenner"]);
            assert.equal(second.body.error.code, "Authorization_RequestDenied");
        }));

    it("counts and hits with faults each request in it", () =>
        withSandbox(
            {
                faults: { faults: [{ kind: "lost", path: "groups$", first: 1 }] },
                deployerPermissions: ["Group.ReadWrite.All"],
            },
            async sandbox => {
                const post = (id: string, displayName: string) => ({
                    id,
                    method: "POST",
                    url: "/groups",
                    body: { displayName },
                });
                const requests = [post("1", "new one"), post("2", "new two")];
                await assert.rejects(graphOf(sandbox)("POST", "/v1.0/$batch", { requests }), /fetch failed/);
                while (sandbox.log.writes < 2) await setTimeout(5);
                const made = [...sandbox.cloud.groups.values()]
                    .map(group => group.displayName)
                    .filter(n => n.startsWith("new"));
                assert.deepEqual(made, ["new one", "new two"]);
                assert.deepEqual(sandbox.log.byFault, { lost: 1 });
            },
        ));

    it("takes at most 20 requests", () =>
        withSandbox({}, async sandbox => {
            const requests = Array.from({ length: 21 }, (_, i) => ({ id: String(i), method: "GET", url: "/users" }));
            assert.equal((await graphOf(sandbox)("POST", "/v1.0/$batch", { requests })).status, 400);
        }));
});
