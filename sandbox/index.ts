/**
 * A local Azure, and stand-ins for the azure-native and azuread plugins over it, for tests of your own programs.
 * @packageDocumentation
 */
export type { FaultPlan } from "./faults.ts";
export { type Providers, type ProvidersOptions, startProviders } from "./providers/index.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server.ts";
