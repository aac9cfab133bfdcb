import assert from "node:assert/strict";
import { configOf, NIGHTLY, RELEASE, RUNBOOK } from "./declarations.ts";
import { EngineKiller } from "./engine-killer.ts";
import { assertEmpty, assertSettled } from "./settled.ts";
import { World } from "./world.ts";

const MOMENTS = [1, 2, 4, 6, 8, 10, 12, 14, 16, 18];

describe("a killed engine, on the real engine", function () {
    this.timeout(180_000);
    const killer = new EngineKiller();

    before(() => killer.install());
    after(() => killer.remove());

    const dieAndGoOn = async (moment: number, saveAtEnd: boolean): Promise<void> => {
        const world = new World();
        try {
            world.write("runbooks/Get-Users.ps1", RUNBOOK);
            world.configure(configOf({ nightly: NIGHTLY, release: RELEASE }));
            await world.reopen();
            const first = await world.deployment({ saveAtEnd });
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
    };

    for (const moment of MOMENTS) {
        it(`is followed by a run that ends clean when it dies at write ${moment} of an update`, () =>
            dieAndGoOn(moment, false));
    }

    for (const moment of [5, 15]) {
        it(`is followed by a run that ends clean when it dies at write ${moment} and would save at the end`, () =>
            dieAndGoOn(moment, true));
    }

    it("keeps destroy from running while what a run has made is in no state", async () => {
        const world = new World();
        try {
            world.write("runbooks/Get-Users.ps1", RUNBOOK);
            world.configure(configOf({ nightly: NIGHTLY }));
            await world.reopen();
            const first = await world.deployment({ saveAtEnd: true });
            await killer.killAtWrite(world.session.sandbox, 6, () => first.up());
            const second = await world.deployment();
            await assert.rejects(second.destroy(), /run 'leastwise up' first/);
            await second.up();
            await second.destroy();
            assertEmpty(world);
        } finally {
            await world.close();
        }
    });
});
