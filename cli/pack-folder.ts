import { existsSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join, resolve } from "node:path";

/**
 * The folder of the policy pack that comes with this package.
 * @throws Error when it is not built
 */
export const packFolder = (): string => {
    const folder = join(dirname(findPackageJSON(import.meta.url) ?? resolve("package.json")), "policy-pack");
    if (!existsSync(join(folder, "dist", "index.cjs")))
        throw new Error(`the policy pack in ${folder} is not built; run 'npm run build' in the checkout`);
    return folder;
};
