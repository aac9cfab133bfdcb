import type { RestClient } from "../rest/client.ts";
import { perRun } from "./per-run.ts";

/**
 * The REST client of the run, loaded by the first hook that needs it: most runs need none. To be asked for where the hook
 * is made: when a hook is called, its run can no longer be told from others in the process.
 */
export const restClient = perRun(() => {
    let client: Promise<RestClient> | undefined;
    return (): Promise<RestClient> =>
        (client ??= import("../rest/client.ts").then(({ RestClient }) => RestClient.fromEnvironment()));
});
