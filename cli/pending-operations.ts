import { RestClient } from "../components/rest/client.ts";
import { runChild } from "../toolchain/child.ts";
import { showProgress } from "../toolchain/progress.ts";
import { findPendingCreate, lookWith, type PendingCreate } from "./pending-creates.ts";
import type { OpenStack } from "./stack.ts";

/** A resource as the engine keeps it in its state. */
export interface ResourceState {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly custom?: boolean;
    readonly parent?: string;
    readonly provider?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What is read here of the state of a stack. */
export interface StackState {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: ResourceState }[];
}

/** The subscription that the provider of a resource works in. */
export const subscriptionOf = (
    resource: ResourceState,
    state: StackState,
    env: NodeJS.ProcessEnv,
): string | undefined => {
    const provider = state.resources?.find(({ urn, id }) => `${urn}::${id ?? ""}` === resource.provider);
    const configured = provider?.inputs?.["subscriptionId"];
    return typeof configured === "string" ? configured : env["ARM_SUBSCRIPTION_ID"];
};

const pendingCreates = (state: StackState, env: NodeJS.ProcessEnv): PendingCreate[] =>
    (state.pending_operations ?? [])
        .filter(({ type }) => type === "creating")
        .map(({ resource }) => {
            const subscriptionId = subscriptionOf(resource, state, env);
            const { urn, type, inputs = {} } = resource;
            return { urn, type, inputs, ...(subscriptionId !== undefined && { subscriptionId }) };
        });

const imports = async (state: StackState): Promise<string[]> => {
    const creates = pendingCreates(state, process.env);
    if (creates.length === 0) return [];
    const look = lookWith(await RestClient.fromEnvironment());
    const landed = await Promise.all(creates.map(pending => findPendingCreate(pending, look)));
    return creates.flatMap(({ urn }, i) => {
        const id = landed[i]?.id;
        return id === undefined ? [] : ["--import-pending-creates", urn, "--import-pending-creates", id];
    });
};

/**
 * Settles the operations that a run left pending: a resource that was being created and is there is taken
 * into the state, one that is not there is forgotten, and the rest is read from the cloud.
 */
export const settlePending = async ({ stack, engine, folder, env }: OpenStack, why: string): Promise<void> => {
    const { deployment } = await stack.exportStack();
    const state = deployment as StackState;
    const count = state.pending_operations?.length ?? 0;
    if (count === 0) return;
    const progress = await showProgress(`${why}; settling ${count} pending operations`);
    const always = ["--yes", "--skip-preview", "--non-interactive", "--clear-pending-creates", "--stack", stack.name];
    await runChild(engine.path, ["refresh", ...always, ...(await imports(state))], {
        cwd: folder,
        env: { ...process.env, ...env },
        signal: new AbortController().signal,
    });
    progress.succeed(`${why}; settled ${count} pending operations`);
};
