import { fileURLToPath } from "node:url";
import { compileAzure } from "./facts-azure.ts";
import { compileGraphFacts } from "./facts-graph.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("folder of raw tables expected: npm run facts -- <folder>");
compileGraphFacts(folder);
compileAzure(folder, fileURLToPath(new URL("../access/facts/", import.meta.url)));
