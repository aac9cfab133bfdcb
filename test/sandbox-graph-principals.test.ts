import assert from "node:assert/strict";
import { appRoles, apis } from "../access/apis.ts";
import { DEPLOYER_APP_ID } from "../sandbox/deployer.ts";
import { addIdentity, graphOf, names, withSandbox } from "./sandbox-support.ts";

const DEFAULT_TOP = 100;

describe("sandbox Graph service principals", () => {
    it("has those of Microsoft's APIs, with the real app roles", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const api of apis()) {
                const { value } = (await graph("GET", `/v1.0/servicePrincipals?$filter=appId eq '${api.appId}'`)).body;
                assert.equal(value.length, 1, api.name);
                assert.equal(value[0].displayName, api.name);
                const shown = value[0].appRoles.map((role: { id: string; value: string }) => [role.id, role.value]);
                assert.deepEqual(
                    shown,
                    appRoles(api.appId).map(role => [role.id, role.name]),
                );
            }
        }));

    it("shows a managed identity with its type and the id of its resource", () =>
        withSandbox({}, async sandbox => {
            const identity = addIdentity(sandbox, "id-reports");
            const { body } = await graphOf(sandbox)("GET", `/v1.0/servicePrincipals/${identity.id}`);
            assert.equal(body["@odata.context"], `${sandbox.url}/v1.0/$metadata#servicePrincipals/$entity`);
            assert.equal(body.servicePrincipalType, "ManagedIdentity");
            assert.deepEqual(body.alternativeNames, identity.alternativeNames);
            assert.deepEqual(body.servicePrincipalNames, [identity.appId]);
            assert.equal(body.appId, identity.appId);
        }));

    it("filters by every form in use, in any case of the value", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const name of ["id-a", "id-b", "it's"]) addIdentity(sandbox, name);
            const search = async (filter: string, headers = {}): Promise<readonly string[]> => {
                const query = `$filter=${encodeURIComponent(filter)}&$select=displayName&$count=true`;
                const { body } = await graph("GET", `/v1.0/servicePrincipals?${query}`, undefined, headers);
                assert.equal(body["@odata.count"], body.value.length, JSON.stringify(body));
                return names(body.value);
            };
            assert.deepEqual(await search("displayName eq 'ID-A'"), ["id-a"]);
            assert.deepEqual(await search("displayName eq 'it''s'"), ["it's"]);
            assert.deepEqual(await search("startswith(displayName,'id-')"), ["id-a", "id-b"]);
            assert.deepEqual(
                await search("servicePrincipalType eq 'ManagedIdentity' and startsWith(displayName, 'id')"),
                ["id-a", "id-b"],
            );
            assert.deepEqual(await search("displayName eq 'id-a' or displayName eq 'id-b'"), ["id-a", "id-b"]);
            assert.deepEqual(
                await search("(displayName eq 'id-a' or displayName eq 'id-b') and displayName eq 'id-b'"),
                ["id-b"],
            );
            assert.deepEqual(await search("displayName in ('id-b', 'nobody')"), ["id-b"]);
            assert.deepEqual(
                await search("alternativeNames/any(n:startswith(n, 'isExplicit=True')) and displayName eq 'id-b'"),
                ["id-b"],
            );
            assert.deepEqual(await search(`servicePrincipalNames/any(n:n eq '${DEPLOYER_APP_ID}')`), [
                "leastwise-deployer",
            ]);
            const eventual = { consistencylevel: "eventual" };
            assert.deepEqual(
                await search("servicePrincipalType eq 'ManagedIdentity' and displayName ne 'id-a'", eventual),
                ["id-b", "it's"],
            );
            assert.deepEqual(
                await search(
                    "servicePrincipalType eq 'ManagedIdentity' and not(startswith(displayName,'id'))",
                    eventual,
                ),
                ["it's"],
            );
            assert.deepEqual(await search("endswith(displayName,'-deployer')", eventual), ["leastwise-deployer"]);
        }));

    it("answers a filter it cannot read, or an advanced one without its header, with 400", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            for (const query of [
                "$filter=displayName is 'x'",
                "$filter=displayName eq",
                "$filter=displayName eq 'x",
                "$filter=(displayName eq 'x'",
                "$filter=displayName eq 'x' extra",
                "$filter=displayName ne 'x'",
                "$filter=endswith(displayName,'x')",
                "$top=0",
                "$top=1000",
                "$skip=3",
            ]) {
                const answer = await graph("GET", `/v1.0/servicePrincipals?${query}`);
                assert.equal(answer.status, 400, query);
                assert.match(answer.body.error.code, /^Request_(UnsupportedQuery|BadRequest)$/);
            }
        }));

    it("pages by @odata.nextLink without losing or repeating any, although others come and go", () =>
        withSandbox({}, async sandbox => {
            const graph = graphOf(sandbox);
            const ids = Array.from({ length: 250 }, (_, i) => addIdentity(sandbox, `id-${i}`).id);
            const filter = "$filter=startswith(displayName,'id-')&$select=id";
            const seen: string[] = [];
            let next: string | undefined = `/v1.0/servicePrincipals?${filter}`;
            for (let page = 0; next !== undefined; page++) {
                const { body } = await graph("GET", next);
                assert.ok(body.value.length <= DEFAULT_TOP);
                seen.push(...body.value.map((entity: { id: string }) => entity.id));
                next = body["@odata.nextLink"]?.slice(sandbox.url.length);
                if (page === 0) sandbox.cloud.servicePrincipals.delete(String(ids[0]));
            }
            assert.deepEqual(seen, ids);
        }));
});
