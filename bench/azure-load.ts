// Processor time and heap of the first use of the Azure tables. Run: node --expose-gc bench/azure-load.ts
const collect = (globalThis as { gc?: () => void }).gc;
const heap = (): number => {
    collect?.();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
};

const { findRole, roles } = await import("../access/roles.ts");
const { actionsOf } = await import("../access/arm-actions.ts");
const { solveAzure } = await import("../access/azure-solver.ts");

/** Processor time of this thread, which other programs on the machine do not stretch. */
const milliseconds = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
};

const before = heap();
const step = (name: string, work: () => unknown): void => {
    const begun = milliseconds();
    work();
    console.log(`${name}: ${(milliseconds() - begun).toFixed(1)} ms, ${(heap() - before).toFixed(1)} MiB in all`);
};

const call = "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Compute/virtualMachines/{}/deallocate";
step("first role looked up", () => findRole("Reader"));
step("first call looked up", () => actionsOf("POST", call));
step("every role decoded", () => roles().flatMap(({ permissions }) => permissions));
step("first list solved", () => solveAzure([`POST ${call}`]));
step("second list solved", () => solveAzure(["Microsoft.Automation/automationAccounts/jobs/write"]));
