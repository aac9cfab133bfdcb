import { delimiter, dirname } from "node:path";
import type { Engine } from "./engine.ts";
import { helperFolder } from "./helpers.ts";

/**
 * What the engine's process needs in its environment: a PATH with the helper executables, this process's Node and
 * the engine's own folder before the rest, and no check for updates.
 */
export const engineEnvironment = async (engine: Engine, env = process.env): Promise<Record<string, string>> => {
    const folders = [await helperFolder(), dirname(process.execPath), dirname(engine.path), env["PATH"] ?? ""];
    return { PATH: folders.join(delimiter), PULUMI_SKIP_UPDATE_CHECK: "true" };
};
