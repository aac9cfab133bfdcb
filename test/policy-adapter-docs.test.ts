import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { RIGHT_TOKENS } from "../policy-pack/adapter/rights.ts";

const page = readFileSync(new URL("../docs/policy-pack.md", import.meta.url), "utf8");
const [, section = ""] = /^## What it reads$([^]*?)^## /m.exec(page) ?? [];

/** Columns of the table, by the package of a token. */
const COLUMNS: Readonly<Record<string, number>> = { "azure-native": 2, azuread: 3, azure: 4, azurerm: 4 };

/** The types that a column names. */
const named = (column: number): ReadonlySet<string> => {
    const cells = section.split("\n").map(line => line.split("|")[column] ?? "");
    return new Set(cells.flatMap(cell => [...cell.matchAll(/`(\w+)`/g)].map(([, type = ""]) => type)));
};

describe("the page of the policy pack", () => {
    it("names every type whose rights are read, and no other", () => {
        for (const column of [2, 3, 4]) {
            const tokens = RIGHT_TOKENS.filter(token => COLUMNS[token.split(":")[0] ?? ""] === column);
            const types = new Set(tokens.map(token => token.split(":").at(-1) ?? ""));
            assert.deepEqual([...named(column)].sort(), [...types].sort());
        }
    });
});
