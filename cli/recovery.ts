import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RestClient } from "../components/rest/client.ts";
import { runChild } from "../toolchain/child.ts";
import { isAlive } from "../toolchain/lock.ts";
import { showProgress } from "../toolchain/progress.ts";
import type { Project } from "./project.ts";
import { findPendingCreate, lookWith, type PendingCreate } from "./pending-creates.ts";
import type { OpenStack } from "./stack.ts";

const OWNER_ENDS_WITHIN_MS = 15_000;

interface StackLock {
    readonly file: string;
    readonly pid: number;
    readonly hostname: string;
}

const readLock = async (file: string): Promise<StackLock | undefined> => {
    try {
        return { file, ...(JSON.parse(await readFile(file, "utf8")) as Omit<StackLock, "file">) };
    } catch {
        return undefined;
    }
};

const locksOf = async (project: Project, stack: string): Promise<StackLock[]> => {
    const folder = join(project.local, "backend", ".pulumi", "locks", "organization", project.name, stack);
    const files = await readdir(folder).catch(() => []);
    const locks = await Promise.all(
        files.filter(file => file.endsWith(".json")).map(file => readLock(join(folder, file))),
    );
    return locks.filter(lock => lock !== undefined);
};

/**
 * Removes locks on a sandbox stack whose engine died. An engine whose program died ends by itself; it is waited for.
 * @throws Error when another engine works on the stack
 */
const releaseLocks = async (project: Project, stack: string): Promise<void> => {
    const deadline = Date.now() + OWNER_ENDS_WITHIN_MS;
    for (const lock of await locksOf(project, stack)) {
        while (lock.hostname === hostname() && isAlive(lock.pid)) {
            if (Date.now() > deadline) {
                throw new Error(`stack '${stack}' is being worked on by process ${lock.pid}; wait for it to end`);
            }
            await sleep(200);
        }
        await rm(lock.file, { force: true });
    }
};

interface ResourceState {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly provider?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

interface StackState {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: ResourceState }[];
}

const subscriptionOf = (resource: ResourceState, state: StackState, env: NodeJS.ProcessEnv): string | undefined => {
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
    const ids = await Promise.all(creates.map(pending => findPendingCreate(pending, look)));
    return creates.flatMap(({ urn }, i) => {
        const id = ids[i];
        return id === undefined ? [] : ["--import-pending-creates", urn, "--import-pending-creates", id];
    });
};

/**
 * Settles the operations that an interrupted run left pending: a resource that was being created and is there is taken
 * into the state, one that is not there is forgotten, and the rest is read from the cloud.
 */
const settlePending = async ({ stack, engine, folder, env }: OpenStack): Promise<void> => {
    const { deployment } = await stack.exportStack();
    const state = deployment as StackState;
    const count = state.pending_operations?.length ?? 0;
    if (count === 0) return;
    const progress = await showProgress(`An earlier run was interrupted; settling ${count} pending operations`);
    const always = ["--yes", "--skip-preview", "--non-interactive", "--clear-pending-creates", "--stack", stack.name];
    await runChild(engine.path, ["refresh", ...always, ...(await imports(state))], {
        cwd: folder,
        env: { ...process.env, ...env },
        signal: new AbortController().signal,
    });
    progress.succeed(`An earlier run was interrupted; settled ${count} pending operations`);
};

/**
 * Makes a stack usable again after a run that was killed.
 * @param sandboxProject - the project, where the stack lives in the sandbox: its locks are ours to remove
 */
export const recover = async (open: OpenStack, sandboxProject?: Project): Promise<void> => {
    if (sandboxProject !== undefined) await releaseLocks(sandboxProject, open.stack.name);
    await settlePending(open);
};
