import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { needOf, verdictOn } from "../runbooks/scan/need.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const FOLDER = join(import.meta.dirname, "..", "runbooks");
const names = readdirSync(FOLDER).filter(name => name.endsWith(".ps1"));
const source = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const scan = (name: string): Scan => scanRunbook(source(name), { path: name });

before(loadGrammar);

describe("a runbook of our own", () => {
    for (const name of names) {
        it(`${name} is read whole, as the managed identity, and nothing in it is pointed out`, () => {
            const read = scan(name);
            assert.equal(read.parseErrors, 0);
            assert.deepEqual(read.unresolved, []);
            assert.deepEqual(read.problems, []);
            assert.deepEqual(
                read.signIn.map(({ kind }) => kind),
                ["managed-identity"],
            );
            assert.ok(read.calls.length + read.actions.length > 0);
        });

        it(`${name} needs no more than it declares`, () => {
            const read = scan(name);
            assert.deepEqual(verdictOn(needOf(read), read.declared).missing, []);
        });

        it(`${name} fails loudly, and waits when it is throttled`, () => {
            const text = source(name);
            assert.match(text, /^Set-StrictMode -Version Latest$/m);
            assert.match(text, /^\$ErrorActionPreference = 'Stop'$/m);
            assert.match(text, /-notin 429, 500, 502, 503, 504/);
            assert.match(text, /nextLink/);
        });
    }

    it("shows each of the three ways to a token for Graph once", () => {
        const ways = [
            /^Connect-MgGraph -Identity/m,
            /Get-AzAccessToken -ResourceTypeName MSGraph/,
            /IDENTITY_ENDPOINT\)\?/,
        ];
        for (const way of ways) assert.equal(names.filter(name => way.test(source(name))).length, 1, String(way));
    });

    it("takes the token of Get-AzAccessToken as text and as a SecureString", () => {
        assert.match(source("Get-UserReport.ps1"), /-is \[securestring\]/);
    });
});
