import assert from "node:assert/strict";
import { graphOf, names, withSandbox } from "./sandbox-support.ts";

describe("sandbox Graph people", () => {
    it("has 25 users and 6 groups to read, by id, by name and by page", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const all = (await graph("GET", "/v1.0/users?$select=id,displayName,accountEnabled")).body.value;
            assert.equal(all.length, 25);
            assert.deepEqual(Object.keys(all[0]), ["id", "displayName", "accountEnabled"]);
            const one = await graph("GET", "/v1.0/users/Ada.Brenner@contoso.onmicrosoft.com");
            assert.equal(one.body.id, all[0].id);
            assert.equal((await graph("GET", `/v1.0/users('${all[0].id}')`)).body.displayName, "Ada Brenner");
            const disabled = await graph("GET", "/v1.0/users?$filter=accountEnabled eq false&$select=displayName");
            assert.deepEqual(names(disabled.body.value), ["Sami Koskinen", "Wim Peeters", "Yann Morel"]);
            const count = await graph("GET", "/v1.0/users/$count", undefined, { consistencylevel: "eventual" });
            assert.equal(count.body, "25");
            const found = await graph("GET", '/v1.0/users?$search="displayName:brenn"', undefined, {
                consistencylevel: "eventual",
            });
            assert.deepEqual(names(found.body.value), ["Ada Brenner"]);
            const ordered = (await graph("GET", "/v1.0/users?$orderby=displayName desc&$top=2")).body.value;
            assert.deepEqual(names(ordered), ["Yann Morel", "Xenia Palla"]);
            assert.equal((await graph("GET", "/v1.0/groups")).body.value.length, 6);
        }));

    it("lets groups and users be written, and refuses the same name or member twice", () =>
        withSandbox({ deployerPermissions: ["User.ReadWrite.All", "Group.ReadWrite.All"] }, async sandbox => {
            const graph = graphOf(sandbox);
            const person = {
                displayName: "Zoe",
                userPrincipalName: "zoe@contoso.onmicrosoft.com",
                passwordProfile: { password: "x" },
            };
            const created = await graph("POST", "/v1.0/users", person);
            assert.equal(created.status, 201);
            assert.equal(created.body.passwordProfile, undefined);
            assert.equal((await graph("POST", "/v1.0/users", person)).status, 400);
            const path = `/v1.0/users/${created.body.id}`;
            assert.equal((await graph("PATCH", path, { jobTitle: "Pilot" })).status, 204);
            assert.equal((await graph("GET", path)).body.jobTitle, "Pilot");
            const group = (await graph("POST", "/v1.0/groups", { displayName: "Pilots" })).body;
            const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${created.body.id}` };
            assert.equal((await graph("POST", `/v1.0/groups/${group.id}/members/$ref`, reference)).status, 204);
            assert.equal((await graph("POST", `/v1.0/groups/${group.id}/members/$ref`, reference)).status, 400);
            const members = (await graph("GET", `/v1.0/groups/${group.id}/members?$select=id`)).body.value;
            assert.deepEqual(
                members.map((member: { id: string }) => member.id),
                [created.body.id],
            );
            assert.equal((await graph("DELETE", path)).status, 204);
            assert.equal((await graph("GET", path)).status, 404);
        }));
});
