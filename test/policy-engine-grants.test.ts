import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { findAppRole, MICROSOFT_GRAPH } from "../access/apis.ts";
import { findRole } from "../access/roles.ts";
import { openSandbox, type SandboxSession } from "../cli/sandbox-session.ts";
import { breakingGrants, BROKEN_GRANTS, compliantGrants } from "./policy-programs-grants.ts";
import { BuiltPack, type Ran, runWithPack } from "./setup/pack-run.ts";
import { openProviderStack, type ProviderStack } from "./setup/provider-stack.ts";

const PASSED = { failed: false, stopped: [], advised: [], said: "" };

/** What the resource alone tells, so that an update that skips the preview does not make it. */
const AT_ONCE = [
    "azure-assignment-name-random drawn",
    "azure-delegation-without-condition delegates",
    "azure-role-privileged delegates",
    "graph-resource-scoped-way sends",
];

describe("the rules on grants on the engine", function () {
    this.timeout(120_000);
    const pack = new BuiltPack();
    let session: SandboxSession;
    let stack: ProviderStack;

    before(async () => {
        await pack.build();
        session = await openSandbox({});
        stack = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    });
    after(async () => {
        stack.close();
        await session.close();
        pack.close();
    });

    const preview = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return runWithPack(pack.folder, given => stack.stack.preview(given));
    };
    const up = (program: PulumiFn): Promise<Ran> => {
        stack.program = program;
        return runWithPack(pack.folder, given => stack.stack.up(given));
    };

    it("fail the first preview of a stack that breaks them, and name each rule and resource", async () => {
        const { failed, stopped, advised } = await preview(breakingGrants);
        assert.deepEqual({ failed, stopped, advised }, { failed: true, stopped: BROKEN_GRANTS, advised: [] });
    });

    it("create nothing that breaks them when an update skips the preview, where one resource tells", async () => {
        const { failed, stopped } = await up(breakingGrants);
        const { roleAssignments, appRoleAssignments } = session.sandbox.cloud;
        const send = findAppRole(MICROSOFT_GRAPH, "Mail.Send").id;
        assert.ok(![...appRoleAssignments.values()].some(({ appRoleId }) => appRoleId === send));
        const administrator = findRole("Role Based Access Control Administrator").id;
        assert.ok(!JSON.stringify([...roleAssignments.values()]).includes(administrator));
        assert.ok(failed);
        assert.ok(stopped.length > 0 && stopped.every(line => AT_ONCE.includes(line)), stopped.join());
    });

    it("pass the preview and the update of the compliant twin, and its state", async () => {
        assert.deepEqual(await preview(compliantGrants), PASSED);
        assert.deepEqual(await up(compliantGrants), PASSED);
        const analysed = await stack.run("policy", "analyze", "--policy-pack", pack.folder);
        assert.equal(analysed.code, 0, analysed.stdout + analysed.stderr);
    });
});
