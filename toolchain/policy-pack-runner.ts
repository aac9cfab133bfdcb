import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join, resolve } from "node:path";

/**
 * Runs a policy pack for the engine: `policy-pack-runner <engine address> <folder of the pack>`. The SDK's own runner loads
 * the TypeScript compiler, twice, before it looks at the pack; a pack of JavaScript is here without it, in two thirds of
 * the time. A pack of TypeScript is left to the SDK's runner.
 */
type Load = (request: string, ...rest: readonly unknown[]) => unknown;

/** Loads the compiler when something is asked of it, which the SDK does only to serialise functions. */
const deferCompiler = (): void => {
    const modules = Module as unknown as { _load: Load };
    const load = modules._load;
    modules._load = function (this: unknown, request, ...rest) {
        if (request !== "typescript") return load.call(this, request, ...rest);
        const compiler = (): object => load.call(this, request, ...rest) as object;
        return new Proxy({}, { get: (_, key): unknown => Reflect.get(compiler(), key) });
    };
};

const mainOf = (pack: string): string => {
    const { main = "" } = JSON.parse(readFileSync(join(pack, "package.json"), "utf8")) as { main?: string };
    return main;
};

const require = createRequire(import.meta.url);
const [node = "", script = "", address = "", pack = "", ...rest] = process.argv;

if (/\.c?js$/.test(mainOf(pack))) {
    process.argv = [node, script, ...rest];
    deferCompiler();
    require(resolve(pack));
} else {
    process.argv = [node, script, address, pack, ...rest];
    require("@pulumi/pulumi/cmd/run-policy-pack");
}
