import assert from "node:assert/strict";
import { DEPLOYER_OBJECT_ID } from "../../sandbox/deployer.ts";
import { configOf, NIGHTLY, RELEASE, RUNBOOK } from "./declarations.ts";
import { assertEmpty, assertSettled, grantsInCloud } from "./settled.ts";
import { World } from "./world.ts";

const JOB_SCHEDULE = "Microsoft.Automation/automationAccounts/jobSchedules";
const RUNBOOK_TYPE = "Microsoft.Automation/automationAccounts/runbooks";

describe("a declared deployment on the real engine", function () {
    this.timeout(120_000);
    const world = new World();

    const up = async (workloads: Readonly<Record<string, unknown>>) => {
        world.configure(configOf(workloads));
        const deployment = await world.deployment();
        const outcome = await deployment.up();
        assertSettled(world, await deployment.grants());
        const { same, ...others } = outcome.changes;
        return { same: same ?? 0, others };
    };

    const ofType = (type: string) => [...world.cloud.resources.values()].filter(each => each.type === type);

    const published = () =>
        ofType(RUNBOOK_TYPE).map(({ content, properties }) => [properties["state"], content?.published]);

    before(async () => {
        world.write("runbooks/Get-Users.ps1", RUNBOOK);
        await world.reopen();
    });

    after(() => world.close());

    it("puts every declared grant in place, publishes the runbook and links its schedule", async () => {
        await up({ nightly: NIGHTLY, release: RELEASE });
        assert.equal(grantsInCloud(world).length, 4);
        assert.deepEqual(published(), [["Published", RUNBOOK]]);
        assert.equal(ofType(JOB_SCHEDULE).length, 1);
    });

    it("changes nothing in a second run", async () => {
        const { same, others } = await up({ nightly: NIGHTLY, release: RELEASE });
        assert.ok(same > 20);
        assert.deepEqual(others, {});
    });

    it("changes one permission without touching the others", async () => {
        const graph = ["User.Read.All", "Device.Read.All"];
        const { others } = await up({ nightly: { ...NIGHTLY, graph }, release: RELEASE });
        assert.deepEqual(others, { create: 1, delete: 1 });
        await up({ nightly: NIGHTLY, release: RELEASE });
    });

    it("replaces a role assignment whose role changes, instead of updating what Azure does not let change", async () => {
        const azure = [{ role: "Website Contributor", scope: { group: "rg-lab" } }];
        await up({ nightly: { ...NIGHTLY, azure }, release: RELEASE });
        const roles = [...world.cloud.roleAssignments.values()].map(({ roleDefinitionId }) => roleDefinitionId);
        assert.ok(roles.some(id => id.endsWith("/de139f84-1756-47ae-9be6-808fbbe84772")));
        assert.ok(!roles.some(id => id.endsWith("/acdd72a7-3385-48ef-bd42-f606fba81ae7")));
        await up({ nightly: NIGHTLY, release: RELEASE });
    });

    it("publishes a changed runbook file and keeps its schedule linked once", async () => {
        const changed = RUNBOOK.replace("/users", "/users?$top=5");
        world.write("runbooks/Get-Users.ps1", changed);
        const deployment = await world.deployment();
        const { changes } = await deployment.preview();
        assert.ok((changes.update ?? 0) + (changes.replace ?? 0) >= 1, "the change shows in preview");
        await up({ nightly: NIGHTLY, release: RELEASE });
        assert.deepEqual(published(), [["Published", changed]]);
        assert.equal(ofType(JOB_SCHEDULE).length, 1);
        assert.deepEqual((await up({ nightly: NIGHTLY, release: RELEASE })).others, {});
    });

    it("replaces a schedule that is declared otherwise", async () => {
        const runbooks = [{ file: "runbooks/Get-Users.ps1", schedule: "every 4 hours" }];
        await up({ nightly: { ...NIGHTLY, runbooks }, release: RELEASE });
        const schedules = ofType("Microsoft.Automation/automationAccounts/schedules");
        assert.deepEqual(
            schedules.map(({ properties }) => [properties["frequency"], properties["interval"]]),
            [["Hour", 4]],
        );
        assert.equal(ofType(JOB_SCHEDULE).length, 1);
        await up({ nightly: NIGHTLY, release: RELEASE });
    });

    it("puts a grant back that was removed in the portal, once refresh has found it missing", async () => {
        const [key] = [...world.cloud.appRoleAssignments.entries()].find(
            ([, { principalId }]) => principalId !== DEPLOYER_OBJECT_ID,
        ) ?? ["none"];
        assert.ok(world.cloud.appRoleAssignments.delete(key));
        await (await world.deployment()).refresh();
        const { others } = await up({ nightly: NIGHTLY, release: RELEASE });
        assert.deepEqual(others, { create: 1 });
    });

    it("puts a runbook's text back that was changed in the portal, once refresh has found it", async () => {
        const [key, runbook] = [...world.cloud.resources.entries()].find(([, { type }]) => type === RUNBOOK_TYPE) ?? [];
        assert.ok(key && runbook);
        world.cloud.resources.set(key, { ...runbook, content: { published: "Write-Output 'changed by hand'" } });
        await (await world.deployment()).refresh();
        await up({ nightly: NIGHTLY, release: RELEASE });
        assert.match(String(published()[0]?.[1]), /\$top=5/);
    });

    it("moves every grant when an identity is replaced, and leaves none to the old one", async () => {
        const renamed = { ...RELEASE.identity.userAssigned, name: "id-release-2" };
        const before = new Set(grantsInCloud(world));
        await up({ nightly: NIGHTLY, release: { ...RELEASE, identity: { userAssigned: renamed } } });
        const after = grantsInCloud(world);
        assert.equal(after.filter(grant => !before.has(grant)).length, 1);
        assert.equal(after.length, before.size);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await (await world.deployment()).destroy();
        assertEmpty(world);
        assert.deepEqual(world.state(), []);
    });
});
