import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { RestClient } from "../components/rest/client.ts";
import { findLanded, type Landed, lookWith } from "./landed.ts";
import { readState, type ResourceState, takeIntoState } from "./stack-state.ts";
import type { OpenStack } from "./stack.ts";

/**
 * Takes into the state what a failed run has made all the same: an answer was lost, or Azure made it and then said that
 * it had failed. What was there before is somebody's, and is not taken.
 * @param isOurs - tells what a run of ours has made
 * @returns the number of resources taken into the state.
 */
export const takeLeftBehind = async (
    { stack }: OpenStack,
    failed: readonly StepEventStateMetadata[],
    isOurs: (landed: Landed) => boolean,
): Promise<number> => {
    if (failed.length === 0) return 0;
    const { state } = await readState(stack);
    const look = lookWith(await RestClient.fromEnvironment());
    const made = async (declared: StepEventStateMetadata): Promise<ResourceState[]> => {
        const { urn, type, inputs, parent, provider } = declared;
        const resource = { urn, type, inputs, parent, provider, custom: true };
        const landed = await findLanded(resource, state, look);
        return landed !== undefined && isOurs(landed) ? [{ ...resource, id: landed.id }] : [];
    };
    const taken = (await Promise.all(failed.map(made))).flat();
    if (taken.length > 0) await takeIntoState(stack, taken);
    return taken.length;
};
