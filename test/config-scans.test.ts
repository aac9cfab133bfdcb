import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCache } from "../config/scans/cache.ts";
import { scanFiles } from "../config/scans/scan-files.ts";
import { readSibling } from "../config/scans/siblings.ts";
import { SUBSCRIPTION } from "./setup/configuration.ts";

const CALL = 'Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0/users"\n';
const OTHER = 'Invoke-MgGraphRequest -Uri "https://graph.microsoft.com/v1.0/groups"\n';
const ROOT = join(import.meta.dirname, "..");

/** Reads a configuration in a process of its own. @returns what was loaded of the scanner, by the ends of the names */
const loadedFor = (workload: object, folder: string): string[] => {
    const options = `{ folder: ${JSON.stringify(folder)}, now: DateTime.now(), env: {}, cache: ${JSON.stringify(join(folder, "cache"))} }`;
    const values = JSON.stringify({
        "azure-native:location": "westeurope",
        "leastwise:subscription": SUBSCRIPTION,
        "leastwise:workloads": JSON.stringify({ nightly: workload }),
    });
    const code = `
        import { registerHooks } from "node:module";
        const seen = [];
        registerHooks({ resolve: (name, context, next) => { const found = next(name, context); seen.push(found.url); return found; } });
        const { DateTime } = await import("luxon");
        const { readDeclaration } = await import("./config.ts");
        await readDeclaration({ values: ${values}, isSecret: () => false }, ${options});
        console.log(JSON.stringify(seen));
        process.exit();
    `;
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: ROOT, encoding: "utf8" });
    const seen = JSON.parse(out) as string[];
    return [/runbooks\/scan\/scan\.ts$/, /web-tree-sitter/, /config\/scans\/cache\.ts$/].flatMap(name =>
        seen.some(url => name.test(url)) ? [name.source.replaceAll("\\", "").replace("$", "")] : [],
    );
};

const MONTHS_MS = 90 * 24 * 3_600_000;

describe("what was read in runbooks", () => {
    let folder: string;
    let cache: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "leastwise-scans-"));
        cache = join(folder, "cache");
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const calls = async (content: string, wrappers: readonly { name: string; path: string }[] = []) => {
        const found = await scanFiles([{ file: "Run.ps1", content }], { folder, wrappers, cache });
        return found.get("Run.ps1")?.calls.map(({ path }) => path);
    };

    const files = (): string[] =>
        readdirSync(join(cache, "scans"), { recursive: true, withFileTypes: true })
            .filter(entry => entry.isFile())
            .map(entry => join(entry.parentPath, entry.name));

    const only = (): string => {
        const [file, ...more] = files();
        assert.ok(file !== undefined && more.length === 0);
        return file;
    };

    /** Makes the kept result say something else, in a way that only its reader can tell. */
    const replace = (from: string, to: string): void => {
        const file = only();
        const text = readFileSync(file, "utf8");
        assert.ok(text.includes(from));
        writeFileSync(file, text.replaceAll(from, to));
    };

    it("is kept, and not read again while nothing changes", async () => {
        assert.deepEqual(await calls(CALL), ["/users"]);
        utimesSync(only(), 1, 1);
        assert.deepEqual(await calls(CALL), ["/users"]);
        assert.equal(statSync(only()).mtimeMs, 1000);
    });

    it("is what the kept file says, which is how a second run is quick", async () => {
        await calls(CALL);
        const cached = new ScanCache(cache, "version");
        const [scan] = (
            await scanFiles([{ file: "Run.ps1", content: CALL }], { folder, wrappers: [], cache })
        ).values();
        assert.ok(scan);
        cached.keep("key", { scan, siblings: [] });
        assert.deepEqual(cached.find("key", folder), JSON.parse(JSON.stringify(scan)));
        assert.equal(new ScanCache(cache, "another version").find("key", folder), undefined);
    });

    it("is read again when the text, the path or the named commands change", async () => {
        await calls(CALL);
        assert.deepEqual(await calls(OTHER), ["/groups"]);
        await calls(CALL, [{ name: "Invoke-Team", path: "Way" }]);
        assert.equal(files().length, 3);
    });

    it("is read again when a script that it uses changes, comes or goes", async () => {
        const own = ". ./Other.ps1\n";
        assert.deepEqual(await calls(own), []);
        writeFileSync(join(folder, "Other.ps1"), CALL);
        assert.deepEqual(await calls(own), ["/users"]);
        writeFileSync(join(folder, "Other.ps1"), OTHER);
        assert.deepEqual(await calls(own), ["/groups"]);
        rmSync(join(folder, "Other.ps1"));
        assert.deepEqual(await calls(own), []);
    });

    it("costs a stack without runbooks nothing, and one whose results are kept no scanner", () => {
        writeFileSync(join(folder, "Run.ps1"), CALL);
        const nightly = { account: "aa-nightly", runbooks: [{ file: "Run.ps1" }] };
        assert.deepEqual(loadedFor({ graph: ["User.Read.All"] }, folder), []);
        assert.deepEqual(loadedFor(nightly, folder), [
            "runbooks/scan/scan.ts",
            "web-tree-sitter",
            "config/scans/cache.ts",
        ]);
        assert.deepEqual(loadedFor(nightly, folder), ["config/scans/cache.ts"]);
    }).timeout(60_000);

    for (const [title, damage] of [
        ["was changed", () => replace("/users", "/me")],
        ["was cut short", () => writeFileSync(only(), readFileSync(only()).subarray(0, 100))],
        ["is empty", () => writeFileSync(only(), "")],
        ["holds something else", () => writeFileSync(only(), '{"scan":{"calls":[]},"siblings":[]}')],
    ] as const) {
        it(`is read again when its file ${title}`, async () => {
            await calls(CALL);
            damage();
            assert.deepEqual(await calls(CALL), ["/users"]);
        });
    }

    it("is of no account under the name of another result", async () => {
        await calls(CALL);
        const kept = readFileSync(only());
        await calls(OTHER);
        const [other] = files().filter(file => !readFileSync(file).equals(kept));
        writeFileSync(other ?? "", kept);
        assert.deepEqual(await calls(OTHER), ["/groups"]);
    });

    it("is read each time where it cannot be kept", async () => {
        writeFileSync(cache, "a file in the folder's place");
        assert.deepEqual(await calls(CALL), ["/users"]);
        assert.deepEqual(await calls(CALL), ["/users"]);
    });

    it("is thrown away when it is old, whatever version read it", async () => {
        const old = join(cache, "scans", "0123456789abcdef", "old");
        mkdirSync(join(old, ".."), { recursive: true });
        writeFileSync(old, "");
        utimesSync(old, 1, (Date.now() - MONTHS_MS) / 1000);
        await calls(CALL);
        assert.ok(!files().includes(old));
        assert.equal(readdirSync(join(cache, "scans")).length, 1);
    });

    it("comes from nowhere outside of the runbook's folder", () => {
        const inner = join(folder, "runbooks");
        mkdirSync(inner);
        writeFileSync(join(folder, "Outside.ps1"), CALL);
        writeFileSync(join(inner, "Inside.ps1"), CALL);
        for (const name of ["../Outside.ps1", join(folder, "Outside.ps1"), "..\\Outside.ps1", "sub/../../Outside.ps1"])
            assert.equal(readSibling(inner, name), undefined, name);
        assert.equal(String(readSibling(inner, ".\\Inside.ps1")), CALL);
        assert.equal(String(readSibling(inner, "elsewhere/Inside.ps1")), CALL);
    });
});
