// Deploys under each fault plan of the tests with several seeds, and prints what befell and what came of it as the
// table of docs/faults.md. Run: node bench/faults.ts [seeds, 3]
import { FAULT_PLANS } from "../test/end-to-end/fault-plans.ts";
import { configOf, NIGHTLY, RELEASE, RUNBOOK } from "../test/end-to-end/declarations.ts";
import { assertSettled } from "../test/end-to-end/settled.ts";
import { World } from "../test/end-to-end/world.ts";
import type { FaultPlan } from "../sandbox/faults.ts";

const SEEDS = Number(process.argv[2] ?? 3);

interface Tried {
    readonly result: string;
    readonly faults: number;
    readonly seconds: number;
}

const tryPlan = async (plan: FaultPlan): Promise<Tried> => {
    const world = new World();
    try {
        world.write("runbooks/Get-Users.ps1", RUNBOOK);
        world.configure(configOf({ nightly: NIGHTLY, release: RELEASE }));
        await world.reopen(plan);
        const begun = performance.now();
        const deployment = await world.deployment();
        const result = await deployment
            .up()
            .then(async () => assertSettled(world, await deployment.grants()))
            .then(() => "every grant once")
            .catch((error: unknown) => `error: ${(error as Error).message}`);
        const seconds = (performance.now() - begun) / 1000;
        const faults = Object.values(world.session.sandbox.log.byFault).reduce((sum, n) => sum + n, 0);
        return { result, faults, seconds };
    } finally {
        await world.close();
    }
};

const rows: string[] = [];
for (const { name, plan } of FAULT_PLANS) {
    const tried: Tried[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) tried.push(await tryPlan({ ...plan, seed }));
    const results = [...new Set(tried.map(({ result }) => result))].join("; ");
    const faults = tried.map(each => each.faults).join(", ");
    const seconds = tried.map(each => each.seconds.toFixed(0)).join(", ");
    rows.push(`| ${name} | ${faults} | ${results} | ${seconds} |`);
}
console.log("| what goes wrong | faults that befell, by seed | result | seconds |\n| --- | --- | --- | --- |");
for (const row of rows) console.log(row);
