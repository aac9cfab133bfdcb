import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { resourceType } from "../sandbox/providers/azure-native/resource-type.ts";
import { FLATTENED_TYPES, ROWS } from "../sandbox/providers/azure-native/rows.ts";
import { shapes } from "../sandbox/providers/azure-native/shapes.ts";
import { ROWS as DIRECTORY_ROWS } from "../sandbox/providers/azuread/rows.ts";
import { compileShapes } from "../scripts/provider-shapes.ts";

const sdk = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const AZURE_NATIVE = sdk("@pulumi/azure-native");
const AZUREAD = sdk("@pulumi/azuread");
const fileOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

describe("the tables of the stand-in providers", () => {
    it("have the shapes that the installed SDK declares", function () {
        this.timeout(60_000);
        const compiled = readFileSync(
            join(import.meta.dirname, "../sandbox/providers/azure-native/shapes.json"),
            "utf8",
        );
        assert.equal(compiled, compileShapes());
    });

    for (const [token, row] of Object.entries(ROWS)) {
        const type = resourceType(`azure-native:${token}`);
        it(`use the SDK's API version for ${token}`, () => {
            const [module = "", name = ""] = token.split(":");
            const text = readFileSync(join(AZURE_NATIVE, module, `${fileOf(name)}.d.ts`), "utf8");
            assert.equal(/Uses Azure REST API version ([\w-]+)\./.exec(text)?.[1], row.apiVersion);
        });

        it(`name only inputs that ${token} has`, () => {
            const kept = (row.keptWhenUnset ?? []).map(path => path.split(".", 1)[0] ?? "");
            const renamed = [row.containers, row.wireNames, row.limits].flatMap(table => Object.keys(table ?? {}));
            const named = [...type.pathInputs, ...(row.replaceOnChanges ?? []), ...renamed, ...kept];
            assert.deepEqual(
                named.filter(name => !(name in type.inputs)),
                [],
            );
        });
    }

    it("flatten only types that the SDK has", () => {
        const known = new Set(Object.keys(shapes().types).map(name => name.replace(/(Args|Response)$/, "")));
        assert.deepEqual(
            Object.keys(FLATTENED_TYPES).filter(name => !known.has(name)),
            [],
        );
    });

    for (const [name, row] of Object.entries(DIRECTORY_ROWS))
        it(`say of every property of ${name} what the azuread SDK says`, () => {
            const text = readFileSync(join(AZUREAD, `${fileOf(name)}.js`), "utf8");
            const args = text.slice(text.indexOf("const args = argsOrState"));
            for (const [property, { computed, required }] of Object.entries(row.properties)) {
                assert.equal(
                    args.includes(`resourceInputs["${property}"] = undefined /*out*/`),
                    computed === true,
                    property,
                );
                assert.equal(
                    args.includes(`resourceInputs["${property}"] = args?.${property}`),
                    computed !== true,
                    property,
                );
                assert.equal(args.includes(`Missing required property '${property}'`), required === true, property);
            }
        });
});
