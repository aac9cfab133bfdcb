import { RestClient } from "../rest/client.ts";
import { contentProvider } from "./provider.ts";

/** What the engine's dynamic provider process loads: see loader.ts. */
export const handler = () => contentProvider(() => RestClient.fromEnvironment());
