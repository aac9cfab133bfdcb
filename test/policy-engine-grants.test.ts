import assert from "node:assert/strict";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { breakingGrants, BROKEN_GRANTS, compliantGrants } from "./policy-programs-grants.ts";
import { HIDDEN, hidden, ignoring } from "./policy-programs-hidden.ts";
import { PackStack } from "./setup/pack-run.ts";

const PASSED = { failed: false, stopped: [], advised: [], said: "" };

/** What the resource alone tells, so that an update that skips the preview does not make it. */
const AT_ONCE = [
    "azure-assignment-name-random drawn",
    "azure-delegation-without-condition delegates",
    "azure-role-privileged delegates",
    "azure-vault-policy-too-wide vault",
    "azure-vault-without-roles vault",
    "graph-resource-scoped-way sends",
];

describe("the rules on grants on the engine", function () {
    this.timeout(120_000);
    const on = new PackStack();

    before(() => on.open());
    after(() => on.close());

    it("fail the first preview of a stack that breaks them, and name each rule and resource", async () => {
        const { failed, stopped, advised } = await on.preview(breakingGrants);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN_GRANTS, advised: [] });
    });

    it("create nothing that breaks them when an update skips the preview, where one resource tells", async () => {
        const { failed, stopped } = await on.up(breakingGrants);
        const { roleAssignments, appRoleAssignments } = on.session.sandbox.cloud;
        const send = findAppRole(MICROSOFT_GRAPH, "Mail.Send").id;
        assert.ok(![...appRoleAssignments.values()].some(({ appRoleId }) => appRoleId === send));
        const administrator = findRole("Role Based Access Control Administrator").id;
        assert.ok(!JSON.stringify([...roleAssignments.values()]).includes(administrator));
        assert.ok(failed);
        assert.ok(stopped.length > 0 && stopped.every(line => AT_ONCE.includes(line)), stopped.join());
    });

    it("find a privileged role however a program writes it", async () => {
        const { stopped } = await on.preview(hidden);
        assert.deepEqual(
            stopped.filter(line => line.startsWith("azure-role-privileged ")),
            HIDDEN,
        );
    });

    it("pass the preview and the update of the compliant twin, and its state", async () => {
        assert.deepEqual(await on.preview(compliantGrants), PASSED);
        assert.deepEqual(await on.up(compliantGrants), PASSED);
        const analysed = await on.stack.run("policy", "analyze", "--policy-pack", on.pack.folder);
        assert.equal(analysed.code, 0, analysed.stdout + analysed.stderr);
    });

    it("judge what is deployed where a program ignores how it differs", async () => {
        on.stack.program = ignoring("Owner");
        await on.stack.stack.up();
        const { stopped } = await on.preview(ignoring("Reader"));
        assert.ok(stopped.includes("azure-role-privileged kept"), stopped.join());
    });
});
