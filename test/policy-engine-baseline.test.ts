import assert from "node:assert/strict";
import { join } from "node:path";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findRole } from "../access/roles.ts";
import { groupOfProgram } from "./policy-programs-parts.ts";
import { PackStack, type Ran, runWithPack } from "./setup/pack-run.ts";

/** A role whose id is put together from the id of a group that the program makes, so that no preview knows it. */
const assigns =
    (role: string): PulumiFn =>
    () => {
        const { group, inGroup } = groupOfProgram();
        const identity = new managedidentity.UserAssignedIdentity("job", inGroup);
        const subscription = group.id.apply(id => id.split("/")[2] ?? "");
        new authorization.RoleAssignment("grant", {
            principalId: identity.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: subscription.apply(
                id => `/subscriptions/${id}/providers/Microsoft.Authorization/roleDefinitions/${findRole(role).id}`,
            ),
            scope: group.id,
        });
        return Promise.resolve();
    };

/** What the SDK does not declare of a command. */
interface Command {
    run: (args: readonly string[], ...rest: readonly unknown[]) => Promise<unknown>;
}

describe("the baseline preset on the engine, on a role that no preview knows", function () {
    this.timeout(120_000);
    const on = new PackStack();

    before(() => on.open());
    after(() => on.close());

    const withBaseline = (program: PulumiFn, does: "preview" | "up"): Promise<Ran> => {
        const policyPackConfigs = [join(on.pack.folder, "presets", "baseline.json")];
        on.stack.program = program;
        return runWithPack(on.pack.folder, given => on.stack.stack[does]({ ...given, policyPackConfigs }));
    };
    /** Ids of the roles that are assigned on the group. */
    const assigned = (): readonly string[] =>
        [...on.session.sandbox.cloud.roleAssignments.values()]
            .filter(({ scope }) => /\/resourcegroups\/rg-a$/i.test(scope))
            .map(({ roleDefinitionId }) => roleDefinitionId.split("/").at(-1) ?? "");

    it("leaves it to the update, which makes no assignment of a privileged one", async () => {
        const preview = await withBaseline(assigns("Owner"), "preview");
        assert.deepEqual([preview.failed, preview.stopped], [false, []]);
        const update = await withBaseline(assigns("Owner"), "up");
        assert.ok(update.failed);
        assert.deepEqual(update.stopped, ["azure-delegation-without-condition grant", "azure-role-privileged grant"]);
        assert.deepEqual(assigned(), []);
    });

    it("is not taken for a preview by an update that begins with one of its own", async () => {
        const pulumiCommand = on.stack.stack.workspace.pulumiCommand as unknown as Command;
        const run = pulumiCommand.run.bind(pulumiCommand);
        pulumiCommand.run = (args, ...rest) =>
            run(
                args.filter(each => each !== "--skip-preview"),
                ...rest,
            );
        const update = await withBaseline(assigns("Owner"), "up").finally(() => (pulumiCommand.run = run));
        assert.ok(update.failed);
        assert.match(update.said, /Previewing update/);
        assert.deepEqual(update.stopped, ["azure-delegation-without-condition grant", "azure-role-privileged grant"]);
        assert.deepEqual(assigned(), []);
    });

    it("lets the update assign a harmless one", async () => {
        const update = await withBaseline(assigns("Reader"), "up");
        assert.deepEqual([update.failed, update.stopped], [false, []], update.said);
        assert.deepEqual(assigned(), [findRole("Reader").id]);
    });
});
