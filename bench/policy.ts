// What the policy pack costs a preview on the real engine: without a pack, with an empty one, with ours, and with the
// same rules written the usual way, each in a process of its own, one after another in each round, forwards and backwards
// in turn; medians of the rounds.
// Run: node bench/policy.ts [resources, 10000] [divisor for the growth, 10] [rounds, 3]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./median.ts";
import { emptyPack, ownPack, usualPack } from "./policy-packs.ts";
import type { PolicyRun } from "./policy-run.ts";

const [resources = 10_000, divisor = 10, rounds = 3] = process.argv.slice(2).map(Number);
const few = Math.ceil(resources / divisor);
const RUN = fileURLToPath(new URL("policy-run.ts", import.meta.url));
/** The SDK keeps some 400 KB for each resource of a program that is not registered yet. */
const MEMORY = "--max-old-space-size=12000";

const packs = { none: undefined, empty: emptyPack(), own: await ownPack(), usual: await usualPack() };
type Way = keyof typeof packs;
const WORDS: Readonly<Record<Way, string>> = {
    none: "no pack",
    empty: "a pack without a rule",
    own: "ours",
    usual: "the usual way",
};

const measure = (way: Way, count: number): PolicyRun => {
    const given = [MEMORY, RUN, String(count), ...[packs[way]].filter(each => each !== undefined)];
    const said = execFileSync(process.execPath, given, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    const ran = JSON.parse(said.trim().split("\n").at(-1) ?? "") as PolicyRun;
    const { preview, pack, findings } = ran;
    const words = `preview ${preview.toFixed(1)} s, the pack's process ${pack.toFixed(2)} s, ${findings} findings`;
    console.log(`${count} resources, ${WORDS[way]}: ${words}`);
    return ran;
};

const medianOf = (ran: readonly PolicyRun[]): PolicyRun => ({
    preview: median(ran.map(({ preview }) => preview)),
    pack: median(ran.map(({ pack }) => pack)),
    findings: ran[0]?.findings ?? 0,
});

const PAIRS = [
    ["none", resources],
    ["empty", resources],
    ["own", resources],
    ["usual", resources],
    ["empty", few],
    ["own", few],
] as const;
const seen: PolicyRun[][] = PAIRS.map(() => []);
const forwards = [...PAIRS.entries()];
for (let round = 0; round < rounds; round++)
    for (const [at, [way, count]] of round % 2 === 0 ? forwards : forwards.toReversed())
        seen[at]?.push(measure(way, count));
const [none, empty, own, usual, emptyFew, ownFew] = seen.map(medianOf) as [
    ...[PolicyRun, PolicyRun, PolicyRun],
    ...[PolicyRun, PolicyRun, PolicyRun],
];

const over = (ran: PolicyRun, base: PolicyRun, count: number): string =>
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
