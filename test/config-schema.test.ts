import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { workloadSchema } from "../config/raw.ts";
import { schemaTexts } from "../scripts/schema.ts";

const ROOT = join(import.meta.dirname, "..");

describe("the JSON Schemas for editors", () => {
    it("are current; 'npm run schema' writes them", async () => {
        for (const [name, text] of await schemaTexts())
            assert.equal(readFileSync(join(ROOT, "schema", name), "utf8"), text, name);
    });

    it("know every key that the program takes in a workload", async () => {
        const schema = JSON.parse((await schemaTexts()).get("leastwise.schema.json") ?? "") as {
            properties: { config: { properties: Record<string, { additionalProperties: { properties: object } }> } };
        };
        const { additionalProperties } = schema.properties.config.properties["leastwise:workloads"] ?? {};
        assert.deepEqual(Object.keys(additionalProperties?.properties ?? {}), Object.keys(workloadSchema.shape));
    });
});

describe("the example stacks", () => {
    for (const file of readdirSync(ROOT).filter(name => /^Pulumi\..+\.yaml$/.test(name))) {
        it(`have a configuration that fits the schema: ${file}`, () => {
            const { config } = parse(readFileSync(join(ROOT, file), "utf8")) as { config: Record<string, object> };
            for (const workload of Object.values(config["leastwise:workloads"] ?? {})) workloadSchema.parse(workload);
        });
    }
});
