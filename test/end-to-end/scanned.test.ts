import assert from "node:assert/strict";
import type { Grant } from "../../access/grant.ts";
import { configOf } from "./declarations.ts";
import { assertEmpty, assertSettled } from "./settled.ts";
import { World } from "./world.ts";

const FILE = "runbooks/Report.ps1";
const SIGN_IN = "Connect-AzAccount -Identity\n";
const USERS = 'Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0/users"\n';
const GROUPS = 'Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0/groups"\n';
const MACHINE = "/subscriptions/$id/resourceGroups/rg-lab/providers/Microsoft.Compute/virtualMachines/vm-lab";
const STOP = `Invoke-AzRestMethod -Method POST -Path "${MACHINE}/deallocate?api-version=2024-11-01"\n`;

/** No permission, no role: a runbook, and what it acts on. */
const WORKLOADS = {
    nightly: {
        group: "rg-nightly",
        account: "aa-nightly",
        runbooks: [{ file: FILE, schedule: "06:00 UTC", scope: { group: "rg-lab" } }],
    },
};

describe("a runbook that says itself what it needs, on the real engine", function () {
    this.timeout(120_000);
    const world = new World();

    const up = async (content: string) => {
        world.write(FILE, content);
        const deployment = await world.deployment();
        const { changes } = await deployment.up();
        const grants = await deployment.grants();
        assertSettled(world, grants);
        return { grants, changes };
    };

    const given = (grants: readonly Grant[]): string[] =>
        grants.map(grant => (grant.kind === "api" ? grant.permission : (grant.actions ?? []).join(" ")));

    before(async () => {
        world.configure(configOf(WORKLOADS));
        await world.reopen();
    });

    after(() => world.close());

    it("is deployed with just the grants that it needs, and says where it needs them", async () => {
        const { grants } = await up(SIGN_IN + USERS + STOP);
        assert.deepEqual(
            grants.map(grant => [given([grant])[0], grant.foundAt]),
            [
                ["User.ReadBasic.All", ["GET /users, Report.ps1:2"]],
                [
                    "Microsoft.Compute/virtualMachines/deallocate/action",
                    ["Microsoft.Compute/virtualMachines/deallocate/action, Report.ps1:3"],
                ],
            ],
        );
    });

    it("keeps its grants untouched when only its lines move", async () => {
        const { grants, changes } = await up(`# A comment\n${SIGN_IN}${USERS}${STOP}`);
        assert.deepEqual(grants[0]?.foundAt, ["GET /users, Report.ps1:3"]);
        assert.deepEqual(
            { ...changes, same: 0 },
            { update: 1, replace: 1, same: 0 },
            "its text, and its schedule's link",
        );
    });

    it("gains and loses a grant with the calls that it makes", async () => {
        assert.deepEqual(given((await up(SIGN_IN + GROUPS + STOP)).grants), [
            "Group.ReadBasic.All",
            "Microsoft.Compute/virtualMachines/deallocate/action",
        ]);
        assert.deepEqual(given((await up(SIGN_IN)).grants), []);
    });

    it("is refused before anything is made when it does not say what it needs", async () => {
        const before = world.state();
        world.write(FILE, `${SIGN_IN}Invoke-MgGraphRequest -Uri $Somewhere\n`);
        const deployment = await world.deployment();
        await assert.rejects(deployment.up(), (error: Error) => error.message.includes("Report.ps1:2"));
        assert.deepEqual(world.state(), before);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await (await world.deployment()).destroy();
        assertEmpty(world);
    });
});
