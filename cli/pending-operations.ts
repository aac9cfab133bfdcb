import { RestClient } from "../components/rest/client.ts";
import { showProgress } from "../toolchain/progress.ts";
import { findLanded, type Look, lookWith } from "./landed.ts";
import { readState, type ResourceState, type StackState, takeIntoState } from "./stack-state.ts";
import type { OpenStack } from "./stack.ts";

const made = async (resource: ResourceState, state: StackState, look: Look): Promise<ResourceState[]> => {
    const landed = await findLanded(resource, state, look);
    return landed === undefined ? [] : [{ ...resource, id: landed.id }];
};

/**
 * Settles the operations that a killed run left pending: a resource that was being created and is there is taken
 * into the state, one that is not there is forgotten, and what was being changed is read from the cloud.
 */
export const settlePending = async ({ stack }: OpenStack): Promise<void> => {
    const { state } = await readState(stack);
    const pending = state.pending_operations ?? [];
    if (pending.length === 0) return;
    const why = "An earlier run was interrupted";
    const progress = await showProgress(`${why}; settling ${pending.length} pending operations`);
    const creates = pending.filter(({ type, resource }) => type === "creating" && resource.custom === true);
    const look = creates.length === 0 ? undefined : lookWith(await RestClient.fromEnvironment());
    const taken = look ? await Promise.all(creates.map(({ resource }) => made(resource, state, look))) : [];
    const doubtful = pending.filter(({ type }) => type !== "creating").map(({ resource }) => resource.urn);
    await takeIntoState(stack, taken.flat(), doubtful);
    progress.succeed(`${why}; settled ${pending.length} pending operations`);
};
