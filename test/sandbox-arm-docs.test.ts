import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { servedTypes } from "../sandbox/arm/types.ts";

describe("docs/sandbox-resource-manager.md", () => {
    const text = readFileSync(new URL("../docs/sandbox-resource-manager.md", import.meta.url), "utf8");

    it("lists the resource types that the sandbox knows, each once", () => {
        const listed = [...text.matchAll(/^\| `(Microsoft\.[^`]+)`/gm)].map(match => match[1]);
        assert.deepEqual(listed.toSorted(), servedTypes().toSorted());
    });
});
