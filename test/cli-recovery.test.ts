import assert from "node:assert/strict";
import { findLanded, type Look } from "../cli/landed.ts";
import type { ResourceState, StackState } from "../cli/stack-state.ts";
import { engineFailure } from "../cli/engine-failure.ts";

const URN = "urn:pulumi:dev::p::t::n";
const SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";

const PROVIDER = { urn: `${URN}-provider`, type: "pulumi:providers:azure-native", id: "1" };
const STATE: StackState = { resources: [{ ...PROVIDER, inputs: { subscriptionId: SUBSCRIPTION } }] };

const pending = (type: string, inputs: Record<string, unknown>): ResourceState => ({
    urn: URN,
    type,
    inputs,
    provider: `${PROVIDER.urn}::${PROVIDER.id}`,
});

const idOf = async (resource: ResourceState, look: Look): Promise<string | undefined> =>
    (await findLanded(resource, STATE, look))?.id;

/** A cloud that holds the given paths, and what was asked of it. */
const cloud = (bodies: Record<string, unknown>): { look: Look; asked: string[] } => {
    const asked: string[] = [];
    const look: Look = (service, path) => {
        asked.push(`${service} ${path}`);
        return Promise.resolve(bodies[path]);
    };
    return { look, asked };
};

const runbook = pending("azure-native:automation:Runbook", {
    resourceGroupName: "rg",
    automationAccountName: "aa",
    runbookName: "rb",
});
const RUNBOOK_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Automation/automationAccounts/aa/runbooks/rb`;

describe("cli: a creation that a killed run left pending", () => {
    it("is found under the id its inputs give", async () => {
        const { look, asked } = cloud({ [`${RUNBOOK_ID}?api-version=2024-10-23`]: {} });
        assert.equal(await idOf(runbook, look), RUNBOOK_ID);
        assert.deepEqual(asked, [`resourceManager ${RUNBOOK_ID}?api-version=2024-10-23`]);
    });
    it("is not there when the cloud does not have it", async () => {
        assert.equal(await idOf(runbook, cloud({}).look), undefined);
    });
    it("is found whatever version its type names", async () => {
        const versioned = { ...runbook, type: "azure-native:automation/v20241023:Runbook" };
        const { look } = cloud({ [`${RUNBOOK_ID}?api-version=2024-10-23`]: {} });
        assert.equal(await idOf(versioned, look), RUNBOOK_ID);
    });
    it("is found on a scope, written with one slash between its parts", async () => {
        const id = "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/g";
        const assignment = pending("azure-native:authorization:RoleAssignment", {
            scope: "/subscriptions/s",
            roleAssignmentName: "g",
        });
        const { look } = cloud({ [`${id}?api-version=2022-04-01`]: {} });
        assert.equal(await idOf(assignment, look), id);
    });
    it("is not asked for when an input that names it is unknown, or its type is", async () => {
        const { look, asked } = cloud({});
        const nameless = pending("azure-native:automation:Runbook", { resourceGroupName: "rg" });
        assert.equal(await idOf(nameless, look), undefined);
        assert.equal(await idOf(pending("random:index:Pet", {}), look), undefined);
        assert.deepEqual(asked, []);
    });
    it("of an app role assignment is found among the principal's, on every page, by API and app role", async () => {
        const assignment = pending("azuread:index/appRoleAssignment:AppRoleAssignment", {
            principalObjectId: "p",
            resourceObjectId: "graph",
            appRoleId: "role",
        });
        const first = "/v1.0/servicePrincipals/p/appRoleAssignments";
        const { look } = cloud({
            [first]: { value: [{ id: "a", appRoleId: "role", resourceId: "other" }], "@odata.nextLink": "/next" },
            "/next": { value: [{ id: "b", appRoleId: "role", resourceId: "graph" }] },
        });
        assert.equal(await idOf(assignment, look), "/servicePrincipals/graph/appRoleAssignedTo/b");
    });
    it("says when it was made, where Azure does", async () => {
        const systemData = { createdAt: "2026-01-02T03:04:05Z" };
        const { look } = cloud({ [`${RUNBOOK_ID}?api-version=2024-10-23`]: { systemData } });
        assert.equal((await findLanded(runbook, STATE, look))?.createdAt, Date.UTC(2026, 0, 2, 3, 4, 5));
    });
    it("of an app role assignment is not there when the principal itself is gone", async () => {
        const assignment = pending("azuread:index/appRoleAssignment:AppRoleAssignment", { principalObjectId: "p" });
        assert.equal(await idOf(assignment, cloud({}).look), undefined);
    });
});

describe("cli: a failure of the engine", () => {
    it("is told in the engine's words, without the transcript", () => {
        const transcript = [
            "code: -2",
            " stdout: ",
            " stderr: Command failed with exit code 255: pulumi up --yes",
            "error: the stack is currently locked by 1 lock(s)",
            "  file:///x: created by root@host (pid 1)",
            " err?: Error: Command failed with exit code 255",
            "error: the stack is currently locked",
        ].join("\n");
        assert.equal(
            engineFailure("Deploying", new Error(transcript)).message,
            "Deploying failed: the stack is currently locked by 1 lock(s)\n  file:///x: created by root@host (pid 1)",
        );
    });
    it("without words is an engine that was stopped from outside", () => {
        const transcript =
            "code: -2\n stdout: \n stderr: Command was killed with SIGKILL: pulumi up\n err?: Error: x\n";
        assert.equal(
            engineFailure("Deploying", new Error(transcript)).message,
            "Deploying was cut short: the engine was stopped from outside; run the command again, it settles what is open",
        );
    });
    it("that is none of the engine's is left as it is", () => {
        const error = new Error("no network");
        assert.equal(engineFailure("Deploying", error), error);
    });
});
