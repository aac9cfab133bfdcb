// What the policy pack costs a preview on the real engine: without a pack, with an empty one, with ours, and with the
// same rules written the usual way. Run: node bench/policy.ts [resources, 10000] [divisor for the growth, 10]
import { openSandbox } from "../cli/sandbox-session.ts";
import { openProviderStack } from "../test/setup/provider-stack.ts";
import { emptyPack, ownPack, packSeconds, usualPack } from "./policy-packs.ts";
import { stackOf } from "./policy-stack.ts";

const [resources = 10_000, divisor = 10] = process.argv.slice(2).map(Number);
const SAMPLE_MS = 100;

interface Ran {
    /** Seconds of the whole preview. */
    readonly preview: number;
    /** Seconds of processor time of the pack's process. */
    readonly pack: number;
    readonly findings: number;
}

const session = await openSandbox({});
const world = await openProviderStack(session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
    "azure-native:location": "westeurope",
});
const subscription = session.sandbox.cloud.subscriptionId;

const previewOf = async (count: number, pack?: string): Promise<Ran> => {
    let [packTime, findings] = [0, 0];
    const watch = setInterval(() => {
        packTime = pack === undefined ? 0 : (packSeconds(pack) ?? packTime);
    }, SAMPLE_MS);
    const begun = performance.now();
    try {
        await world.stack.preview({
            program: stackOf(count, subscription),
            parallel: 64,
            ...(pack !== undefined && { policyPacks: [pack] }),
            onEvent: ({ policyEvent }) => (findings += policyEvent === undefined ? 0 : 1),
        });
    } catch (error) {
        if (findings === 0) throw error;
    }
    clearInterval(watch);
    return { preview: (performance.now() - begun) / 1000, pack: packTime, findings };
};

const packs = { empty: emptyPack(), own: await ownPack(), usual: await usualPack() };
const say = (what: string, { preview, pack, findings }: Ran): void =>
    console.log(
        `${what}: preview ${preview.toFixed(1)} s, the pack's process ${pack.toFixed(2)} s, ${findings} findings`,
    );
const measure = async (what: string, count: number, pack?: string): Promise<Ran> => {
    const ran = await previewOf(count, pack);
    say(`${what}, ${count} resources`, ran);
    return ran;
};

const few = Math.ceil(resources / divisor);
await measure("warming up", few);
const [emptyFew, ownFew] = [await measure("empty pack", few, packs.empty), await measure("our pack", few, packs.own)];
const without = await measure("no pack", resources);
const empty = await measure("empty pack", resources, packs.empty);
const own = await measure("our pack", resources, packs.own);
const usual = await measure("the usual way", resources, packs.usual);

const microseconds = (ran: Ran, base: Ran, count: number): number => ((ran.pack - base.pack) / count) * 1e6;
const [perFew, perMany] = [microseconds(ownFew, emptyFew, few), microseconds(own, empty, resources)];
console.log(`our pack over the empty one: ${perMany.toFixed(0)} µs a resource (${perFew.toFixed(0)} µs at ${few})`);
console.log(
    `the empty pack: ${((empty.pack / resources) * 1e6).toFixed(0)} µs a resource, the engine's calls included`,
);
console.log(`the usual way over the empty pack: ${microseconds(usual, empty, resources).toFixed(0)} µs a resource`);
console.log(`our pack against the usual way: ${(usual.pack / own.pack).toFixed(1)} times less processor time`);
console.log(`${divisor} times as many resources take ${(own.pack / ownFew.pack).toFixed(1)} times the time`);
console.log(`preview with our pack over one without: ${(own.preview / without.preview).toFixed(2)} times`);
world.close();
await session.close();
process.exit();
