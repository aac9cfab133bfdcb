import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { RestClient } from "../components/rest/client.ts";
import { findPendingCreate, lookWith } from "./pending-creates.ts";
import { type ResourceState, settlePending, type StackState, subscriptionOf } from "./pending-operations.ts";
import type { OpenStack } from "./stack.ts";

/** Clocks of Azure and of this machine may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

const stateOf = ({ urn, type, inputs, parent, provider }: StepEventStateMetadata): ResourceState => ({
    urn,
    custom: true,
    type,
    inputs,
    parent,
    provider,
});

/**
 * Takes into the state what a failed run has made all the same: an answer was lost, or Azure made it and then said that
 * it had failed. Only what is younger than the run is taken; what was there before is somebody's.
 * @param since - when the run began, epoch milliseconds
 * @returns the number of resources taken into the state.
 */
export const takeLeftBehind = async (
    open: OpenStack,
    failed: readonly StepEventStateMetadata[],
    since: number,
): Promise<number> => {
    if (failed.length === 0) return 0;
    const exported = await open.stack.exportStack();
    const state = exported.deployment as StackState;
    const look = lookWith(await RestClient.fromEnvironment());
    const ours = await Promise.all(
        failed.map(async declared => {
            const resource = stateOf(declared);
            const subscriptionId = subscriptionOf(resource, state, process.env);
            const landed = await findPendingCreate(
                { ...declared, ...(subscriptionId !== undefined && { subscriptionId }) },
                look,
            );
            return (landed?.createdAt ?? 0) >= since - CLOCK_SKEW_MS ? [resource] : [];
        }),
    );
    const pending = ours.flat().map(resource => ({ type: "creating", resource }));
    if (pending.length === 0) return 0;
    await open.stack.importStack({ ...exported, deployment: { ...state, pending_operations: pending } });
    await settlePending(open, "Azure made more than it said");
    return pending.length;
};
