import { randomUUID } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import type { ExceptionReport, Finding } from "../access/finding.ts";
import type { AccessModel } from "../access/model.ts";
import type { RuleOutcome } from "./judge-stack.ts";

/** Environment variable that names the file. */
export const ACCESS_FILE = "LEASTWISE_ACCESS_FILE";

/** What the pack has seen and found of a stack. It holds nothing of a resource but what gives or receives a right. */
export interface AccessFile {
    readonly version: 1;
    readonly model: AccessModel;
    /** In the order of rules, then of resources. Accepted ones are among them. */
    readonly findings: readonly Finding[];
    readonly exceptions: ExceptionReport;
}

/** Puts together what the rules made of a stack. */
export const accessFileOf = (model: AccessModel, outcomes: readonly RuleOutcome[]): AccessFile => {
    const of = (key: keyof ExceptionReport) => outcomes.flatMap(({ exceptions }) => exceptions[key]);
    return {
        version: 1,
        model,
        findings: outcomes.flatMap(({ findings }) => findings),
        exceptions: { used: of("used"), unused: of("unused"), expired: of("expired"), expiring: of("expiring") },
    };
};

/** Writes the file whole or not at all, for its owner alone. */
export const writeAccessFile = (path: string, file: AccessFile): void => {
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, JSON.stringify(file), { mode: 0o600 });
    renameSync(draft, path);
};
