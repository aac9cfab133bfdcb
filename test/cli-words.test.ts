import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { changeWords, hasChanges, plannedWords } from "../cli/change-words.ts";
import { describe as describeError } from "../cli/report-error.ts";

describe("cli: changes in words", () => {
    it("say how many resources a second run left as declared", () => {
        assert.equal(changeWords({ same: 12 }), "no changes: 12 resources as declared");
        assert.equal(hasChanges({ same: 12, refresh: 3 }), false);
    });
    it("count each kind of change, and what stayed", () => {
        const changes = { create: 3, update: 2, replace: 1, delete: 4, same: 5 };
        assert.equal(changeWords(changes), "3 created, 2 updated, 1 replaced, 4 deleted, 5 unchanged");
        assert.equal(plannedWords({ create: 3 }), "3 to be created");
    });
});

describe("cli: an error", () => {
    const long = new Error(Array.from({ length: 60 }, (_, i) => `line ${i}`).join("\n"));
    it("fits on a screen and says how much is hidden", () => {
        const lines = stripVTControlCharacters(describeError(long, {})).split("\n");
        assert.equal(lines[0], "leastwise: line 0");
        assert.equal(lines.at(-1), "… 40 more lines");
    });
    it("shows no stack, and all of it when DEBUG is set", () => {
        assert.doesNotMatch(describeError(new Error("bad"), {}), /\n\s+at /);
        assert.match(describeError(new Error("bad"), { DEBUG: "1" }), /\n\s+at /);
    });
});
