import { type ResourceHookBinding, runtime } from "@pulumi/pulumi";

/** The SDK's mock of the engine says that it takes hooks, but has no way to register one. */
const takesHooks = (): boolean => {
    const monitor = runtime.getMonitor() as { registerErrorHook?: unknown } | undefined;
    return typeof monitor?.registerErrorHook === "function";
};

/** Resource options with hooks; without, in a unit test with mocks. */
export const withHooks = (make: () => ResourceHookBinding): { hooks?: ResourceHookBinding } =>
    takesHooks() ? { hooks: make() } : {};
