import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { cacheFolder } from "./cache-folder.ts";

/**
 * Executables that the engine starts and that come with the official Node language host, not with the engine:
 * the provider of dynamic resources and the host of policy packs. Name → the file it runs.
 */
const helpers = (): Readonly<Record<string, string>> => ({
    "pulumi-resource-pulumi-nodejs": join(sdkFolder(), "cmd", "dynamic-provider"),
    "pulumi-analyzer-policy-nodejs": join(import.meta.dirname, `policy-pack-runner${extname(import.meta.filename)}`),
});

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const script = (node: string, module: string): string =>
    process.platform === "win32"
        ? `@echo off\r\n"${node}" "${module}" %*\r\n`
        : `#!/bin/sh\nexec ${quoted(node)} ${quoted(module)} "$@"\n`;

const sdkFolder = (): string => dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

/**
 * A folder with the helper executables, which run on this process's Node. Its name holds a hash of their content, so
 * that two installations never write over each other and a folder that exists is right.
 */
export const helperFolder = async (cache = cacheFolder(), node = process.execPath): Promise<string> => {
    const extension = process.platform === "win32" ? ".cmd" : "";
    const files = Object.entries(helpers()).map(([name, module]) => ({
        name: `${name}${extension}`,
        content: script(node, module),
    }));
    const hash = createHash("sha256")
        .update(files.map(file => file.content).join())
        .digest("hex");
    const folder = join(cache, "helpers", hash.slice(0, 16));
    const missing = files.filter(file => !existsSync(join(folder, file.name)));
    if (missing.length > 0) await mkdir(folder, { recursive: true });
    await Promise.all(missing.map(file => writeFileAtomic(join(folder, file.name), file.content, { mode: 0o755 })));
    return folder;
};
