import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { openSandbox, type SandboxSession } from "../../cli/sandbox-session.ts";
import { buildPolicyPack } from "../../scripts/build-policy-pack.ts";
import { openProviderStack, type ProviderStack } from "./provider-stack.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The policy pack as it is now, in a folder of its own: nobody builds it anew while an engine runs it. */
export class BuiltPack {
    readonly folder = mkdtempSync(join(tmpdir(), "leastwise-pack-"));

    async build(): Promise<void> {
        for (const file of ["PulumiPolicy.yaml", "package.json", "README.md", "presets"])
            cpSync(join(ROOT, "policy-pack", file), join(this.folder, file), { recursive: true });
        symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
        await buildPolicyPack(join(this.folder, "dist"));
    }

    close(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** What an operation with a pack found. */
export interface Ran {
    readonly failed: boolean;
    /** Rule and resource of each finding that stops a deployment. */
    readonly stopped: readonly string[];
    readonly advised: readonly string[];
    readonly said: string;
}

interface Given {
    readonly policyPacks: string[];
    readonly onEvent: (event: EngineEvent) => void;
}

/** Runs an operation with a pack, and gathers what it found. */
export const runWithPack = async (pack: string, run: (given: Given) => Promise<unknown>): Promise<Ran> => {
    const found = { mandatory: new Set<string>(), advisory: new Set<string>() };
    const onEvent = ({ policyEvent }: EngineEvent): void => {
        if (policyEvent === undefined) return;
        const resource = (policyEvent.resourceUrn ?? "").split("::").at(-1) ?? "";
        found[policyEvent.enforcementLevel === "mandatory" ? "mandatory" : "advisory"].add(
            `${policyEvent.policyName} ${resource}`,
        );
    };
    const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
    let said = "";
    try {
        await run({ policyPacks: [pack], onEvent });
    } catch (error) {
        said = (error as Error).message;
    }
    return { failed: said !== "", stopped: sorted(found.mandatory), advised: sorted(found.advisory), said };
};

/** A stack in a sandbox of its own, on which programs run with the pack as it is now. */
export class PackStack {
    readonly pack = new BuiltPack();
    #session: SandboxSession | undefined;
    #stack: ProviderStack | undefined;

    get session(): SandboxSession {
        if (this.#session === undefined) throw new Error("the sandbox of this stack is not open");
        return this.#session;
    }

    get stack(): ProviderStack {
        if (this.#stack === undefined) throw new Error("this stack is not open");
        return this.#stack;
    }

    async open(): Promise<void> {
        await this.pack.build();
        this.#session = await openSandbox({});
        this.#stack = await openProviderStack(this.session.env["PULUMI_DEBUG_PROVIDERS"] ?? "", {
            "azure-native:location": "westeurope",
        });
    }

    async close(): Promise<void> {
        this.#stack?.close();
        await this.#session?.close();
        this.pack.close();
    }

    preview(program: PulumiFn): Promise<Ran> {
        this.stack.program = program;
        return runWithPack(this.pack.folder, given => this.stack.stack.preview(given));
    }

    up(program: PulumiFn): Promise<Ran> {
        this.stack.program = program;
        return runWithPack(this.pack.folder, given => this.stack.stack.up(given));
    }
}
