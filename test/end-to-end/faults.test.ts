import assert from "node:assert/strict";
import { configOf, NIGHTLY, RELEASE, RUNBOOK } from "./declarations.ts";
import { FAULT_PLANS } from "./fault-plans.ts";
import { assertEmpty, assertSettled } from "./settled.ts";
import { World } from "./world.ts";

describe("under faults of the cloud, on the real engine", function () {
    this.timeout(180_000);

    for (const { name, plan, avoided } of FAULT_PLANS) {
        it(`puts every declared grant in place exactly once when ${name}`, async () => {
            const world = new World();
            try {
                world.write("runbooks/Get-Users.ps1", RUNBOOK);
                world.configure(configOf({ nightly: NIGHTLY, release: RELEASE }));
                await world.reopen(plan);
                const deployment = await world.deployment();
                await deployment.up();
                const { byFault } = world.session.sandbox.log;
                assert.ok(avoided === true || Object.keys(byFault).length > 0, "the plan did something");
                assertSettled(world, await deployment.grants());
                await deployment.destroy();
                assertEmpty(world);
            } finally {
                await world.close();
            }
        });
    }
});
