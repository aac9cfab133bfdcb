import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { buildPolicyPack } from "../../scripts/build-policy-pack.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The policy pack as it is now, in a folder of its own: nobody builds it anew while an engine runs it. */
export class BuiltPack {
    readonly folder = mkdtempSync(join(tmpdir(), "leastwise-pack-"));

    async build(): Promise<void> {
        for (const file of ["PulumiPolicy.yaml", "package.json", "presets"])
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
