/**
 * The code that state keeps with each runbook's content: it finds Leastwise and loads the provider from it.
 *
 * A dynamic resource of the SDK serialises its provider's whole code into state, so that every release would show
 * as a change, and loads the TypeScript compiler to do so. This constant is all that is kept instead. It looks
 * from the program's folder and from the SDK's folder upwards, for a checkout of Leastwise or an installed one.
 */
export const LOADER = [
    `exports.handler = () => {`,
    `    const fs = require("fs"), path = require("path");`,
    `    const up = dir => [dir, ...(path.dirname(dir) === dir ? [] : up(path.dirname(dir)))];`,
    `    const named = dir => { try { return JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8")).name; } catch {} };`,
    `    const starts = [process.cwd(), path.dirname(require.main.filename)];`,
    `    const homes = starts.flatMap(up).flatMap(dir => [dir, path.join(dir, "node_modules", "leastwise")]);`,
    `    const files = ["dist/components/runbook-content/handler.js", "components/runbook-content/handler.ts"];`,
    `    for (const home of homes.filter(dir => named(dir) === "leastwise")) {`,
    `        const order = home.includes("node_modules") ? files : [...files].reverse();`,
    `        const file = order.map(name => path.join(home, name)).find(name => fs.existsSync(name));`,
    `        if (file) return require("module").createRequire(file)(file).handler();`,
    `    }`,
    `    throw new Error("the package leastwise is not installed in " + process.cwd() + "; run npm install");`,
    `};`,
].join("\n");
