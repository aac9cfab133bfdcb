import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { formatCall } from "../access/calls.ts";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";

const FOLDER = join(import.meta.dirname, "fixtures", "runbooks");
const sources = readdirSync(FOLDER).map(name => readFileSync(join(FOLDER, name), "utf8"));
const LIMIT = 5_000;

/** Milliseconds of work: how busy the machine is otherwise does not count. */
const timed = (source: string | Uint8Array): number => {
    const from = process.threadCpuUsage();
    scanRunbook(source, { path: "any.ps1" });
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1000;
};

const utf16 = (text: string, order: "le" | "be", mark: boolean): Uint8Array => {
    const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
    return order === "le" ? bytes : bytes.swap16();
};

const CALL = "# für Prüfung\nInvoke-MgGraphRequest -Uri '/v1.0/users/Müller/manager'\n";

before(loadGrammar);

describe("the scanner answers, whatever it is given:", () => {
    it("random bytes", () => {
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 4_000 }), bytes => timed(bytes) < LIMIT),
            { numRuns: 100 },
        );
    });

    it("thousands of cmdlets that no table has", () => {
        const names = Array.from(
            { length: 4_000 },
            (_, index) => `Get-MgDeviceManagementThing${String(index)}Policy -All`,
        );
        assert.ok(timed(names.join("\n")) < LIMIT);
    });

    it("random characters that mean something to PowerShell", () => {
        const piece = fc.constantFrom(
            "$",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "@",
            '"',
            "'",
            "`",
            "|",
            "\n",
            "#",
            "<#",
            "#>",
            '@"\n',
            '\n"@',
            "-f ",
            " = ",
            ",",
            "if ",
            "foreach ",
            "function f ",
            "$x",
            "a-b ",
            "?",
            ":",
            "??",
            ";",
            "switch ",
        );
        fc.assert(
            fc.property(fc.array(piece, { maxLength: 300 }), pieces => timed(pieces.join("")) < LIMIT),
            { numRuns: 150 },
        );
    });

    it("files cut off anywhere", () => {
        fc.assert(
            fc.property(fc.constantFrom(...sources), fc.double({ min: 0, max: 1, noNaN: true }), (source, share) => {
                return timed(source.slice(0, Math.floor(source.length * share))) < LIMIT;
            }),
            { numRuns: 60 },
        );
    });

    it("files of five million characters", function () {
        this.timeout(60_000);
        const line = '$x = Invoke-MgGraphRequest -Uri "/v1.0/users/$($user.Id)/manager" -Method GET\n';
        for (const source of [
            line.repeat(5_000_000 / line.length),
            "a".repeat(5_000_000),
            '"$('.repeat(1_600_000),
            "(".repeat(5_000_000),
        ]) {
            assert.ok(timed(source) < LIMIT + 2_000);
        }
    });

    it("one thing again and again, where patterns and lists could go over the same place many times", function () {
        this.timeout(60_000);
        const words = [
            "\n",
            "x ",
            "@'\n",
            '@"\n',
            "<#",
            "'",
            "\"' ",
            "# a\n",
            "#\n\n",
            "`",
            "$",
            "|\n",
            "a.b.",
            "-a (b) ",
            "a ? b : c ",
            "https://graph.microsoft.com/$a",
            "#requires -modules a\n",
            "Connect-MgGraph ",
        ];
        for (const word of words) assert.ok(timed(word.repeat(600_000 / word.length)) < LIMIT, JSON.stringify(word));
        const help = (line: string): string => `<#\n${line.repeat(600_000 / line.length)}#>\nGet-MgUser`;
        for (const line of ["permissions:\n", "permission ", ".PERMISSIONS\n"])
            assert.ok(timed(help(line)) < LIMIT, line);
        assert.ok(timed(`x${" ".repeat(600_000)}y`) < LIMIT);
    });

    it("deep nesting", () => {
        const deep = (open: string, close: string): string =>
            `${open.repeat(3_000)}'/v1.0/users'${close.repeat(3_000)}`;
        for (const source of [
            deep("(", ")"),
            deep("$(", ")"),
            deep("@{a=", "}"),
            deep("if ($x) {", "}"),
            deep("& { ", " }"),
        ]) {
            assert.ok(timed(`Invoke-MgGraphRequest -Uri ${source}`) < LIMIT);
        }
    });

    it("functions that call themselves and each other without end", () => {
        const source = "function A { B; A; B }\nfunction B { A; B; A }\nA\nwhile ($true) { A; $x += $x }";
        assert.ok(timed(source) < LIMIT);
    });

    it("a file that is too long, with an error that says so", () => {
        assert.throws(
            () => scanRunbook("a".repeat(8_000_001), { path: "long.ps1" }),
            new Error("long.ps1: 8000001 characters; expected at most 8000000"),
        );
    });
});

describe("the encoding of a file does not matter:", () => {
    const encodings: readonly (readonly [string, Uint8Array])[] = [
        ["UTF-8", Buffer.from(CALL, "utf8")],
        ["UTF-8 with mark", Buffer.from(`\ufeff${CALL}`, "utf8")],
        ["UTF-16 little end first with mark", utf16(CALL, "le", true)],
        ["UTF-16 little end first without mark", utf16(CALL, "le", false)],
        ["UTF-16 big end first with mark", utf16(CALL, "be", true)],
        ["UTF-16 big end first without mark", utf16(CALL, "be", false)],
        ["Latin-1", Buffer.from(CALL, "latin1")],
        ["Windows line ends", Buffer.from(CALL.replaceAll("\n", "\r\n"), "utf8")],
        ["old Macintosh line ends", Buffer.from(CALL.replaceAll("\n", "\r"), "utf8")],
    ];
    for (const [name, bytes] of encodings) {
        it(name, () => {
            const scan = scanRunbook(bytes, { path: "any.ps1" });
            assert.deepEqual(
                scan.calls.map(call => `${String(call.line)} ${formatCall(call)}`),
                ["2 GET /users/Müller/manager"],
            );
        });
    }
});
