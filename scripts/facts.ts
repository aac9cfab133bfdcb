// Compiles the fact tables and says what changed, from raw tables in a folder: npm run facts -- <folder>
// or from the public sources at their pinned commits: npm run facts -- --fetch
import { fileURLToPath } from "node:url";
import { compileFacts } from "./facts-compile.ts";
import { compileFetched } from "./facts-fetch.ts";
import { reportChanges, takeSnapshot } from "./facts-report.ts";

const FACTS = fileURLToPath(new URL("../access/facts/", import.meta.url));

const compile = async (source: string): Promise<void> => {
    if (source !== "--fetch") {
        compileFacts(source, FACTS);
        return;
    }
    await compileFetched(FACTS);
    console.log("graph-cmdlets.csv is derived and has no public address; graph-cmdlets.json stays as it is");
};

const update = async ([source, ...more]: readonly string[]): Promise<void> => {
    if (source === undefined || more.length > 0 || (source.startsWith("-") && source !== "--fetch"))
        throw new Error(
            `npm run facts got '${[source, ...more].join(" ")}'; expected a folder of raw tables, ` +
                "or --fetch to download them: npm run facts -- <folder>, npm run facts -- --fetch",
        );
    const before = takeSnapshot();
    await compile(source);
    const after = takeSnapshot();
    if (after === undefined)
        throw new Error("the compiled tables cannot be read; see `node scripts/facts-snapshot.ts`");
    console.log(before === undefined ? "no tables were there before" : reportChanges(before, after));
};

await update(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
