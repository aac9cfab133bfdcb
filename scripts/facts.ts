// Compiles the fact tables from the raw tables in a folder, and says what changed. Run: npm run facts -- <folder>
import { fileURLToPath } from "node:url";
import { compileAzure } from "./facts-azure.ts";
import { compileGraphFacts } from "./facts-graph.ts";
import { reportChanges, takeSnapshot } from "./facts-report.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("folder of raw tables expected: npm run facts -- <folder>");
const before = takeSnapshot();
compileGraphFacts(folder);
compileAzure(folder, fileURLToPath(new URL("../access/facts/", import.meta.url)));
const after = takeSnapshot();
if (after === undefined) throw new Error("the compiled tables cannot be read; see `node scripts/facts-snapshot.ts`");
console.log(before === undefined ? "no tables were there before" : reportChanges(before, after));
