import { compileGraphFacts } from "./facts-graph.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("folder of raw tables expected: npm run facts -- <folder>");
compileGraphFacts(folder);
