import type { Deployment as StackFile, Stack } from "@pulumi/pulumi/automation/index.js";

/** A resource as the engine keeps it in the state of a stack. */
export interface ResourceState {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly custom?: boolean;
    /** The old one of a replacement, to be deleted after the new one is made. */
    readonly delete?: boolean;
    /** The old one of a replacement, deleted before the new one is made. */
    readonly pendingReplacement?: boolean;
    readonly parent?: string;
    readonly provider?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What is read here of the state of a stack. */
export interface StackState {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: ResourceState }[];
}

/** The state of a stack, and the file it came in. */
export const readState = async (stack: Stack): Promise<{ readonly file: StackFile; readonly state: StackState }> => {
    const file = await stack.exportStack();
    return { file, state: file.deployment as StackState };
};

/** The subscription that the provider of a resource works in. */
export const subscriptionOf = (resource: ResourceState, state: StackState): string | undefined => {
    const provider = state.resources?.find(({ urn, id }) => `${urn}::${id ?? ""}` === resource.provider);
    const configured = provider?.inputs?.["subscriptionId"];
    return typeof configured === "string" ? configured : process.env["ARM_SUBSCRIPTION_ID"];
};

const withTaken = (resources: readonly ResourceState[], taken: readonly ResourceState[]): readonly ResourceState[] => {
    const urns = new Set(taken.map(({ urn }) => urn));
    const old = resources
        .filter(({ urn, pendingReplacement }) => !urns.has(urn) || pendingReplacement !== true)
        .map(resource => (urns.has(resource.urn) ? { ...resource, delete: true } : resource));
    return [...old.filter(each => each.delete !== true), ...taken, ...old.filter(each => each.delete === true)];
};

/**
 * Takes resources that are in the cloud into the state of a stack, with their ids, and forgets what was pending;
 * then reads them, and others whose state is in doubt, from the cloud. The engine's own way to do this
 * (`refresh --import-pending-creates`) forgets them instead.
 */
export const takeIntoState = async (
    stack: Stack,
    taken: readonly ResourceState[],
    doubtful: readonly string[] = [],
): Promise<void> => {
    const { file, state } = await readState(stack);
    const resources = withTaken(state.resources ?? [], taken);
    await stack.importStack({ ...file, deployment: { ...state, resources, pending_operations: [] } });
    const known = new Set(resources.map(({ urn }) => urn));
    const target = [...new Set([...taken.map(({ urn }) => urn), ...doubtful])].filter(urn => known.has(urn));
    if (target.length > 0) await stack.refresh({ target });
};
