import assert from "node:assert/strict";
import { distance } from "fastest-levenshtein";
import fc from "fast-check";
import { NameIndex } from "../access/name-index.ts";
import { nearest } from "../access/name.ts";

const name = fc.string({ unit: fc.constantFrom(..."abcGRz09-_"), minLength: 1, maxLength: 14 });

const apart = (from: string, to: string | undefined): number =>
    to === undefined ? -1 : distance(from.toLowerCase(), to.toLowerCase());

describe("an index of names", () => {
    it("finds a name as near as a search through all of them does", () => {
        fc.assert(
            fc.property(fc.array(name, { maxLength: 30 }), name, (names, wrong) => {
                assert.equal(apart(wrong, new NameIndex(names).nearest(wrong)), apart(wrong, nearest(wrong, names)));
            }),
        );
    });

    it("finds nothing when no name is near enough to be meant", () => {
        assert.equal(new NameIndex(["Get-User", "Get-Group"]).nearest("Send-ParcelAbroad"), undefined);
    });
});
