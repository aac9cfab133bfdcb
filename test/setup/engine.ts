import { ensureEngine } from "../../toolchain/engine.ts";

/** Before the first test: the engine is there, so that no test has to wait for it to be made. */
export const mochaGlobalSetup = async (): Promise<void> => {
    await ensureEngine();
};
