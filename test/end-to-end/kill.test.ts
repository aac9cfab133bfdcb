import assert from "node:assert/strict";
import { configOf, NIGHTLY, RELEASE, RUNBOOK } from "./declarations.ts";
import { EngineKiller } from "./engine-killer.ts";
import { assertSettled } from "./settled.ts";
import { World } from "./world.ts";

const MOMENTS = [1, 2, 4, 6, 8, 10, 12, 14, 16, 18];

describe("a killed engine, on the real engine", function () {
    this.timeout(180_000);
    const killer = new EngineKiller();

    before(() => killer.install());
    after(() => killer.remove());

    for (const moment of MOMENTS) {
        it(`is followed by a run that ends clean when it dies at write ${moment} of an update`, async () => {
            const world = new World();
            try {
                world.write("runbooks/Get-Users.ps1", RUNBOOK);
                world.configure(configOf({ nightly: NIGHTLY, release: RELEASE }));
                await world.reopen();
                const first = await world.deployment();
                assert.ok(await killer.killAtWrite(world.session.sandbox, moment, () => first.up()));

                const second = await world.deployment();
                await second.up();
                assertSettled(world, await second.grants());
                const runbook = [...world.cloud.resources.values()].find(({ type }) => type.endsWith("/runbooks"));
                assert.equal(runbook?.content?.published, RUNBOOK);

                const { changes } = await (await world.deployment()).up();
                assert.deepEqual(Object.keys(changes), ["same"]);
            } finally {
                await world.close();
            }
        });
    }
});
