import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { engineEnvironment } from "../toolchain/environment.ts";
import { helperFolder } from "../toolchain/helpers.ts";

let cache: string;

/** The first line a plugin prints is the port it serves on: the engine's protocol. */
const firstLine = async (command: string, ...args: string[]): Promise<string> => {
    const child = spawn(command, ["127.0.0.1:1", ...args], { stdio: ["ignore", "pipe", "ignore"] });
    try {
        for await (const part of child.stdout) return String(part).split("\n")[0] ?? "";
        return "";
    } finally {
        child.kill();
    }
};

describe("toolchain: helper executables", () => {
    before(async () => {
        cache = await mkdtemp(join(tmpdir(), "leastwise-helpers-"));
    });
    after(() => rm(cache, { recursive: true }));

    it("are the provider of dynamic resources and the host of policy packs, and can be run", async () => {
        const folder = await helperFolder(cache);
        const names = ["pulumi-analyzer-policy-nodejs", "pulumi-resource-pulumi-nodejs"];
        assert.deepEqual((await readdir(folder)).sort(), names);
        for (const name of names) assert.equal((await stat(join(folder, name))).mode & 0o111, 0o111);
    });

    it("name this process's Node by its absolute path", async () => {
        const script = await readFile(join(await helperFolder(cache), "pulumi-resource-pulumi-nodejs"), "utf8");
        assert.equal(script.split("\n")[1]?.startsWith(`exec '${process.execPath}' '/`), true);
    });

    it("serve: the provider of dynamic resources prints its port", async () => {
        assert.match(await firstLine(join(await helperFolder(cache), "pulumi-resource-pulumi-nodejs")), /^\d+$/);
    });

    it("serve: the host of policy packs prints the port of a pack of JavaScript", async () => {
        const pack = await mkdtemp(join(cache, "pack-"));
        await writeFile(join(pack, "package.json"), JSON.stringify({ main: "pack.js" }));
        const sdk = JSON.stringify(createRequire(import.meta.url).resolve("@pulumi/policy"));
        await writeFile(join(pack, "pack.js"), `new (require(${sdk}).PolicyPack)("any", { policies: [] });\n`);
        const host = join(await helperFolder(cache), "pulumi-analyzer-policy-nodejs");
        assert.match(await firstLine(host, pack), /^\d+$/);
    });

    it("quote what a shell would read otherwise", async () => {
        const folder = await helperFolder(cache, "/no such/it's node");
        const run = (): Buffer => execFileSync(join(folder, "pulumi-resource-pulumi-nodejs"), { stdio: "pipe" });
        assert.throws(run, /\/no such\/it's node/);
    });

    it("of another Node lie in another folder", async () => {
        assert.notEqual(await helperFolder(cache), await helperFolder(cache, "/another/node"));
    });

    it("come first on the engine's PATH, then this Node, then the engine's own folder", async () => {
        const engine = { path: "/engines/bin/pulumi", version: "3.259.0", source: "PATH" } as const;
        const { PATH = "" } = await engineEnvironment(engine, { PATH: "/usr/bin" });
        const [helpers = "", node, own, ...rest] = PATH.split(delimiter);
        assert.equal((await readdir(helpers)).includes("pulumi-resource-pulumi-nodejs"), true);
        assert.equal(join(node ?? "", "node"), process.execPath);
        assert.deepEqual([own, ...rest], ["/engines/bin", "/usr/bin"]);
    });
});
