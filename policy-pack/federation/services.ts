import { isGuid } from "../../access/guid.ts";
import { isWild, saysNothing } from "./wildcards.ts";

const partsOf = (subject: string): ReadonlyMap<string, string> => {
    const words = subject.split(":");
    const pairs = words.flatMap((word, index): [string, string][] =>
        index % 2 === 0 ? [[word, words[index + 1] ?? ""]] : [],
    );
    return new Map(pairs);
};

/**
 * What a subject of HCP Terraform takes besides one phase of one workspace. A plan runs for whoever opens a pull request.
 * Source: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
 */
export const terraformWidth = (subject: string): string | undefined => {
    const parts = partsOf(subject);
    const [organization, workspace, phase] = ["organization", "workspace", "run_phase"].map(
        key => parts.get(key) ?? "",
    );
    if (organization === undefined || organization === "" || isWild(organization)) return "workspaces of others";
    if (workspace === undefined || workspace === "" || isWild(workspace))
        return `more workspaces of '${organization}' than one`;
    return phase === "plan" || phase === "apply"
        ? undefined
        : `plans, which a pull request starts, and applies of '${workspace}'`;
};

/**
 * What a subject of a cluster takes besides one service account of its own.
 * Source: https://azure.github.io/azure-workload-identity/docs/
 */
export const clusterWidth = (subject: string): string | undefined => {
    const [, namespace = "", account = ""] = /^system:serviceaccount:([^:]*):([^:]*)$/.exec(subject) ?? [];
    if (namespace === "" || account === "" || isWild(subject)) return "more service accounts than one";
    return account === "default" ? `every pod of namespace '${namespace}' that names no service account` : undefined;
};

/**
 * What a subject of Azure DevOps takes besides one service connection or pipeline.
 * Source: https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure
 */
export const devopsWidth = (subject: string): string | undefined => {
    if (subject.startsWith("/eid1/")) return isWild(subject) ? "more service connections than one" : undefined;
    const parts = /^(?:sc|p):\/\/([^/]*)\/([^/]*)\/(.+)$/.exec(subject)?.slice(1) ?? [];
    return parts.length === 3 && parts.every(part => part !== "" && !isWild(part))
        ? undefined
        : "more service connections than one";
};

/**
 * What a subject of Entra takes besides one managed identity, by its object id, or one service connection.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 */
export const entraWidth = (subject: string): string | undefined => {
    if (subject.startsWith("/eid1/")) return devopsWidth(subject);
    return isGuid(subject) ? undefined : "what is no object id of a managed identity";
};

/**
 * What a subject of Pulumi Cloud takes besides one stack or environment. The editor shows `<yaml>` for an environment that
 * is not saved: every environment of the organisation is opened as that.
 * Source: https://www.pulumi.com/docs/administration/access-identity/oidc-client/
 */
export const pulumiWidth = (subject: string): string | undefined => {
    if (isWild(subject)) return "more stacks or environments than one";
    const [kind, rest = ""] = [subject.split(":")[1], subject.split(":").slice(2).join(":")];
    if (kind === "environments")
        return /<yaml>|:env:?$/.test(rest) ? "every environment that is tried out in the editor" : undefined;
    const parts = partsOf(rest);
    return saysNothing(parts.get("project")) || saysNothing(parts.get("stack")) ? "more stacks than one" : undefined;
};

/** What a subject of an issuer without a form of its own takes besides one. */
export const plainWidth = (subject: string): string | undefined =>
    isWild(subject) || subject.trim() === "" ? "more subjects than one" : undefined;
