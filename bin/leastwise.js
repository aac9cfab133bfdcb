#!/usr/bin/env node
// Starts the command line on a Node that can run it; this file itself runs on Node 20 and needs no dependency.
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import module, { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { setTimeout } from "node:timers";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const LEAST = [22, 19];
const executable = process.platform === "win32" ? "node.exe" : "node";

const isEnough = version => {
    const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
    return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
};

const versionOf = path => {
    try {
        accessSync(path, constants.X_OK);
        return execFileSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 }).trim();
    } catch {
        return undefined;
    }
};

const fromPackage = () => {
    try {
        return [join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", executable)];
    } catch {
        return [];
    }
};

const onPath = () =>
    (process.env.PATH ?? "")
        .split(delimiter)
        .filter(folder => folder !== "")
        .map(folder => join(folder, executable))
        .filter(path => existsSync(path));

const findNode = () => {
    const seen = [];
    for (const path of [...fromPackage(), ...onPath()]) {
        const version = versionOf(path);
        if (version !== undefined && isEnough(version)) return path;
        seen.push(`${path} (${version ?? "does not start"})`);
    }
    console.error(
        `leastwise: no Node ${LEAST.join(".")} or newer found; this one is ${process.version}, also seen: ` +
            `${seen.join(", ") || "none"}.\nInstall again without --ignore-scripts so that the npm package 'node' can ` +
            "fetch its binary, or put a newer Node on PATH.",
    );
    process.exit(1);
};

const runOn = node => {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
    // A terminal sends its signals to the whole group; the others are passed on. Either way the child decides.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        process.on(signal, () => {
            if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
        });
    }
    child.once("error", error => {
        console.error(`leastwise: ${node} does not start: ${error.message}`);
        process.exit(1);
    });
    child.once("exit", (code, signal) => {
        if (signal === null) process.exit(code ?? 1);
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
    });
};

if (isEnough(process.version)) {
    module.enableCompileCache?.();
    const source = join(root, "cli", "main.ts");
    const { main } = await import(
        pathToFileURL(existsSync(source) ? source : join(root, "dist", "cli", "main.js")).href
    );
    await main(process.argv);
    // The SDK's channel to an engine that was killed tries to reconnect for ever.
    setTimeout(() => process.exit(), 2_000).unref();
} else {
    runOn(findNode());
}
