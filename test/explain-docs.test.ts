import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DOC = fileURLToPath(new URL("../docs/explain.md", import.meta.url));
const ENTRY = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));
const BLOCK = /```console\n\$ ([^\n]*)\n([\s\S]*?)```/g;

/** Words of a command line in single or double quotes, or bare. */
const words = (line: string): string[] =>
    [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");

/** What the documented command prints; `printf '…' |` before it is its input. */
const outputOf = (line: string): string => {
    const [, printed, rest] = /^printf '([^']*)' \| (.*)$/.exec(line) ?? [undefined, "", line];
    const [program, ...args] = words(rest ?? "");
    assert.equal(program, "leastwise");
    const { stdout, stderr, status } = spawnSync(process.execPath, [ENTRY, ...args], {
        input: (printed ?? "").replaceAll("\\n", "\n"),
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1" },
    });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return stdout;
};

describe("docs/explain.md", function () {
    this.timeout(60_000);
    const text = readFileSync(DOC, "utf8");
    const blocks = [...text.matchAll(BLOCK)].map(([, command = "", output = ""]) => ({ command, output }));

    it("has examples of one thing, of lists and for programs", () => {
        for (const part of ["explain Sites", "--calls -", "--actions -", "--json", "--like microsoft"]) {
            assert.ok(
                blocks.some(({ command }) => command.includes(part)),
                part,
            );
        }
    });

    if (process.env["UPDATE_GOLDEN"] === "1") {
        writeFileSync(
            DOC,
            text.replace(BLOCK, (_, command: string) => `\`\`\`console\n$ ${command}\n${outputOf(command)}\`\`\``),
        );
    }

    for (const { command, output } of blocks) {
        it(`shows what is printed by: ${command}`, () => {
            assert.equal(outputOf(command), output);
        });
    }
});
