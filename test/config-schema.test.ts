import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { workloadSchema } from "../config/raw.ts";
import { schemaText } from "../scripts/schema.ts";

const ROOT = join(import.meta.dirname, "..");

describe("the JSON Schema for editors", () => {
    it("is current; 'npm run schema' writes it", async () => {
        assert.equal(readFileSync(join(ROOT, "schema/leastwise.schema.json"), "utf8"), await schemaText());
    });

    it("knows every key that the program takes in a workload", async () => {
        const schema = JSON.parse(await schemaText()) as {
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
