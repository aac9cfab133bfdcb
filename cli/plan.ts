import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyPackConfig } from "@pulumi/policy";
import type { EngineEvent, OpType, Stack } from "@pulumi/pulumi/automation/index.js";
import { ACCESS_FILE, type AccessFile } from "../policy-pack/access-file.ts";
import { readAccessFile } from "../policy-pack/read-access-file.ts";
import { PARALLEL } from "./deployment.ts";
import { type Diagnostic, EventLog } from "./engine-events.ts";
import { type Operation, type OperationView, runOperation } from "./operation.ts";
import { packFolder } from "./pack-folder.ts";
import type { Project } from "./project.ts";
import type { SandboxSession } from "./sandbox-session.ts";
import { openStack } from "./stack.ts";

/** What a preview does to one resource. */
export interface PlannedStep {
    readonly urn: string;
    readonly op: OpType;
}

/** What a preview would deploy, as the policy pack has seen it. */
export interface Plan {
    readonly access: AccessFile;
    readonly steps: readonly PlannedStep[];
    /** What is deployed, as `pulumi stack export` writes it; undefined where it was not asked for. */
    readonly state: unknown;
}

export interface PlanOptions {
    readonly project: Project;
    readonly stack: string;
    /** @default - real Azure */
    readonly session?: SandboxSession;
    readonly config: PolicyPackConfig;
    readonly view: OperationView;
    /** Whether to export what is deployed. @default - false */
    readonly withState?: boolean;
    /** @default - false */
    readonly hideSecrets?: boolean;
    /** Runs before the preview. */
    readonly prepare?: (stack: Stack) => Promise<void>;
}

/** The engine's last words on a preview that a policy has failed; what else goes wrong it tells in other ones. */
const POLICY_FAILED = "preview failed";

const isOfAnotherKind = ({ severity, message }: Diagnostic): boolean =>
    severity === "error" && message !== POLICY_FAILED;

/** A preview that the pack fails has not failed by itself: the pack has seen the whole stack, and nothing else went wrong. */
const takingFindings =
    (preview: Operation, file: string): Operation =>
    async ({ onEvent, ...given }) => {
        const log = new EventLog();
        const noting = (event: EngineEvent): void => {
            log.add(event);
            onEvent(event);
        };
        try {
            await preview({ ...given, onEvent: noting });
        } catch (error) {
            if (log.diagnostics.some(isOfAnotherKind) || !existsSync(file)) throw error;
        }
    };

const noteSteps =
    (preview: Operation, steps: PlannedStep[]): Operation =>
    ({ onEvent, ...given }) =>
        preview({
            ...given,
            onEvent: event => {
                const { urn, op, new: fresh, old } = event.resourcePreEvent?.metadata ?? {};
                const isCustom = (fresh ?? old)?.custom === true;
                if (urn !== undefined && op !== undefined && isCustom) steps.push({ urn, op });
                onEvent(event);
            },
        });

/** Loads the program while the engine loads the pack: it is not asked for before. What is wrong with it, its run tells. */
const loadProgram = (): void => void import("../program.ts").catch(() => undefined);

const run = async (options: PlanOptions, folder: string): Promise<Plan> => {
    const { project, stack: name, session, config, view, withState = false, hideSecrets = false, prepare } = options;
    const [configFile, accessFile] = [join(folder, "config.json"), join(folder, "access.json")];
    await writeFile(configFile, JSON.stringify(config));
    const env = { [ACCESS_FILE]: accessFile };
    const { stack } = await openStack({ project, stack: name, env, hideSecrets, ...(session && { session }) });
    await prepare?.(stack);
    const pack = { policyPacks: [packFolder()], policyPackConfigs: [configFile] };
    const preview: Operation = given => stack.preview({ ...given, ...pack, parallel: PARALLEL });
    const steps: PlannedStep[] = [];
    loadProgram();
    const [state] = await Promise.all([
        withState ? stack.exportStack() : undefined,
        runOperation(view, noteSteps(takingFindings(preview, accessFile), steps)),
    ]);
    return { access: readAccessFile(accessFile), steps, state };
};

/**
 * Previews a stack with the policy pack on.
 * @throws Error when the pack is not built, or the preview fails by itself
 */
export const planWithPack = async (options: PlanOptions): Promise<Plan> => {
    packFolder();
    const folder = await mkdtemp(join(tmpdir(), "leastwise-plan-"));
    try {
        return await run(options, folder);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
};
