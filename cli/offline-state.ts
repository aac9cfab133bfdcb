import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

const resource = z.looseObject({ urn: z.string() });

const exported = z.looseObject({
    version: z.int(),
    deployment: z.nullish(z.looseObject({ resources: z.optional(z.array(resource)) })),
});

/** Marks a value of a state as more than its JSON. Source: sdk/go/common/resource/sig/signature.go */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const HIDDEN = { [SIGNATURE]: SECRET, plaintext: JSON.stringify("[secret]") };

const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    if (value === null || typeof value !== "object") return value;
    if (SIGNATURE in value && value[SIGNATURE] === SECRET) return { ...HIDDEN };
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, hide(part)]));
};

/** The key to the secrets, and what another run had begun. */
const LEFT_OUT: ReadonlySet<string> = new Set(["secrets_providers", "pending_operations"]);

const URN = /^urn:pulumi:([^:]+)::([^:]+)::/;

const expectFrom = (urn: string, project: string, stack: string): void => {
    const [, ofStack, ofProject] = URN.exec(urn) ?? [];
    if (ofStack === stack && ofProject === project) return;
    throw new Error(
        `the state is of stack '${ofStack ?? ""}' of project '${ofProject ?? ""}'; ` +
            `expected one of stack '${stack}' of project '${project}'`,
    );
};

/**
 * An exported state with its secrets hidden, which no key is needed to read.
 * @throws Error when it is no exported state, or one of another stack or project
 */
export const withoutSecrets = (state: unknown, project: string, stack: string): Deployment => {
    const read = exported.safeParse(state);
    if (!read.success) {
        const [issue] = read.error.issues;
        const at = issue === undefined || issue.path.length === 0 ? "" : ` at '${issue.path.join(".")}'`;
        throw new Error(`no state that 'pulumi stack export' has written: ${issue?.message ?? "unreadable"}${at}`);
    }
    const { version, deployment } = read.data;
    const { resources = [], ...rest } = deployment ?? {};
    for (const { urn } of resources) expectFrom(urn, project, stack);
    const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !LEFT_OUT.has(key)));
    return { version, deployment: { ...kept, resources: hide(resources) } };
};
