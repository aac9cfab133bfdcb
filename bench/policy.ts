// What the policy pack costs a preview on the real engine: without a pack, with an empty one, with ours, and with the
// same rules written the usual way, one after another in each round; medians of the rounds.
// Run: node --max-old-space-size=12000 bench/policy.ts [resources, 10000] [divisor for the growth, 10] [rounds, 1]
// The SDK keeps some 400 KB for each resource of a program that is not registered yet.
import { openSandbox } from "../cli/sandbox-session.ts";
import { openProviderStack } from "../test/setup/provider-stack.ts";
import { median } from "./median.ts";
import { emptyPack, ownPack, packSeconds, usualPack } from "./policy-packs.ts";
import { stackOf } from "./policy-stack.ts";

const [resources = 10_000, divisor = 10, rounds = 1] = process.argv.slice(2).map(Number);
const few = Math.ceil(resources / divisor);
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

const packs = { none: undefined, empty: emptyPack(), own: await ownPack(), usual: await usualPack() };
type Way = keyof typeof packs;
const WORDS: Readonly<Record<Way, string>> = {
    none: "no pack",
    empty: "a pack without a rule",
    own: "ours",
    usual: "the usual way",
};

const measure = async (way: Way, count: number): Promise<Ran> => {
    const ran = await previewOf(count, packs[way]);
    const { preview, pack, findings } = ran;
    const words = `preview ${preview.toFixed(1)} s, the pack's process ${pack.toFixed(2)} s, ${findings} findings`;
    console.log(`${count} resources, ${WORDS[way]}: ${words}`);
    return ran;
};

const medianOf = (ran: readonly Ran[]): Ran => ({
    preview: median(ran.map(({ preview }) => preview)),
    pack: median(ran.map(({ pack }) => pack)),
    findings: ran[0]?.findings ?? 0,
});

await measure("none", few);
const seen: { readonly [way in Way]: Ran[] } & { readonly ownFew: Ran[]; readonly emptyFew: Ran[] } = {
    none: [],
    empty: [],
    own: [],
    usual: [],
    ownFew: [],
    emptyFew: [],
};
for (let round = 0; round < rounds; round++) {
    for (const way of ["none", "empty", "own", "usual"] as const) seen[way].push(await measure(way, resources));
    seen.emptyFew.push(await measure("empty", few));
    seen.ownFew.push(await measure("own", few));
}
const [none, empty, own, usual] = [seen.none, seen.empty, seen.own, seen.usual].map(medianOf) as [Ran, Ran, Ran, Ran];
const [emptyFew, ownFew] = [medianOf(seen.emptyFew), medianOf(seen.ownFew)];

const over = (ran: Ran, base: Ran, count: number): string =>
    `${(((ran.pack - base.pack) / count) * 1e6).toFixed(0)} µs`;
const times = (one: number, other: number): string => `${(one / other).toFixed(2)} times`;
console.log(`\nprocessor time of the pack's process, over a pack without a rule, for a resource:`);
console.log(`  ours ${over(own, empty, resources)} (${over(ownFew, emptyFew, few)} at ${few})`);
console.log(`  the usual way ${over(usual, empty, resources)}`);
console.log(`${divisor} times as many resources take our pack's process ${times(own.pack, ownFew.pack)} as long`);
console.log(`a preview with a pack, against one without:`);
for (const [way, ran] of [
    ["empty", empty],
    ["own", own],
    ["usual", usual],
] as const)
    console.log(`  ${WORDS[way]}: ${times(ran.preview, none.preview)}`);
console.log(`a preview with ours, against one with a pack without a rule: ${times(own.preview, empty.preview)}`);
world.close();
await session.close();
process.exit();
