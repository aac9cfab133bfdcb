// One measured preview, in a process of its own: node bench/policy-run.ts <resources> [folder of a pack]
import { openSandbox } from "../cli/sandbox-session.ts";
import { openProviderStack } from "../test/setup/provider-stack.ts";
import { packSeconds } from "./policy-packs.ts";
import { stackOf } from "./policy-stack.ts";

/** What one preview took. */
export interface PolicyRun {
    /** Seconds of the whole preview. */
    readonly preview: number;
    /** Seconds of processor time of the pack's process. */
    readonly pack: number;
    readonly findings: number;
}

const SAMPLE_MS = 100;

const [resources = "", pack] = process.argv.slice(2);
const session = await openSandbox({});
const world = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
    "azure-native:location": "westeurope",
});

let [packTime, findings] = [0, 0];
const watch = setInterval(() => {
    packTime = pack === undefined ? 0 : (packSeconds(pack) ?? packTime);
}, SAMPLE_MS);
const begun = performance.now();
try {
    await world.stack.preview({
        program: stackOf(Number(resources), session.sandbox.cloud.subscriptionId),
        parallel: 64,
        ...(pack !== undefined && { policyPacks: [pack] }),
        onEvent: ({ policyEvent }) => (findings += policyEvent === undefined ? 0 : 1),
    });
} catch (error) {
    if (findings === 0) throw error;
}
const preview = (performance.now() - begun) / 1000;
clearInterval(watch);
console.log(JSON.stringify({ preview, pack: packTime, findings } satisfies PolicyRun));
world.close();
await session.close();
process.exit();
