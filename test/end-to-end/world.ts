import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { Deployment, type DeploymentOptions } from "../../cli/deployment.ts";
import type { Project } from "../../cli/project.ts";
import { openSandbox, type SandboxSession, sandboxStateFile } from "../../cli/sandbox-session.ts";
import type { FaultPlan } from "../../sandbox/faults.ts";

const STACK = "test";

/** Configuration of a stack, as its file has it. */
export type Config = Readonly<Record<string, unknown>>;

interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly custom?: boolean;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

/** A project of its own in a temporary folder, with a sandbox that keeps its cloud there. */
export class World {
    readonly project: Project;
    readonly #home = process.cwd();
    #session: SandboxSession | undefined;

    constructor() {
        const folder = mkdtempSync(join(tmpdir(), "leastwise-world-"));
        this.project = { folder, name: "leastwise", local: join(folder, ".leastwise") };
        mkdirSync(this.project.local);
        this.write("Pulumi.yaml", stringify({ name: "leastwise", runtime: "nodejs" }));
    }

    get session(): SandboxSession {
        if (this.#session === undefined) throw new Error("the sandbox of this world is not open");
        return this.#session;
    }

    get cloud(): SandboxSession["sandbox"]["cloud"] {
        return this.session.sandbox.cloud;
    }

    /** Writes a file of the project. */
    write(file: string, text: string): void {
        const path = join(this.project.folder, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
    }

    /** Writes the stack's configuration. */
    configure(config: Config): void {
        this.write(`Pulumi.${STACK}.yaml`, stringify({ config }, { aliasDuplicateObjects: false }));
    }

    /** Opens the cloud anew, as another process would find it, with or without faults. */
    async reopen(faults?: FaultPlan, latencyMs = 0): Promise<void> {
        await this.#session?.close();
        const stateFile = sandboxStateFile(this.project.local);
        this.#session = await openSandbox({ stateFile, latencyMs, ...(faults && { faults }) });
    }

    /** The stack, repaired where an earlier run was killed. */
    deployment(options: Pick<DeploymentOptions, "program" | "saveAtEnd"> = {}): Promise<Deployment> {
        const { project, session } = this;
        return Deployment.open({ project, stack: STACK, session, ...options });
    }

    /** The resources of the stack's state, components and providers left out. */
    state(): readonly StateResource[] {
        const file = join(this.project.local, "backend", ".pulumi", "stacks", "leastwise", `${STACK}.json`);
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
            checkpoint: { latest?: { resources?: StateResource[]; pending_operations?: unknown[] } };
        };
        const pending = checkpoint.latest?.pending_operations ?? [];
        if (pending.length > 0) throw new Error(`${pending.length} operations are pending in the state`);
        return (checkpoint.latest?.resources ?? []).filter(
            ({ custom, type }) => custom === true && !type.startsWith("pulumi:providers:"),
        );
    }

    async close(): Promise<void> {
        await this.#session?.close();
        process.chdir(this.#home);
        rmSync(this.project.folder, { recursive: true });
    }
}
