import { isWild, refTooWide, saysNothing } from "./wildcards.ts";

/** The workflow that a job runs, pinned to a ref: then whoever changes another workflow gets no such token. */
const PINNED_WORKFLOW = /^[^*?@/]+\/[^*?@/]+\/[^*?@]+@refs\/(?:heads|tags)\/[^*?]+$/;

export const isPinnedWorkflow = (workflow: string): boolean => PINNED_WORKFLOW.test(workflow);

const refWidth = (ref: string, of: string): string | undefined => {
    const [, kind, name] = /^refs\/(heads|tags)(?:\/(.*))?$/.exec(ref) ?? [];
    if (kind !== undefined) {
        const wide = refTooWide(kind === "heads" ? "branch" : "tag", name);
        return wide === undefined ? undefined : `${wide} of ${of}`;
    }
    return ref.startsWith("refs/pull/") ? `pull requests of ${of}` : `every ref of ${of}`;
};

/** An environment that a job names and that is not there yet is made for it, without protection. */
const contextWidth = (context: string | undefined, of: string): string | undefined => {
    if (context === undefined || saysNothing(context)) return `every branch, tag and pull request of ${of}`;
    if (/^pull_request\b/.test(context)) return `every pull request of ${of}`;
    const [, environment] = /(?:^|:)environment:([^:]*)/.exec(context) ?? [];
    if (environment !== undefined)
        return isWild(environment) || environment === "" ? `any environment of ${of}` : undefined;
    const [, ref] = /(?:^|:)ref:(.*)$/.exec(context) ?? [];
    if (ref !== undefined) return refWidth(ref, of);
    const [, workflow] = /(?:^|:)job_workflow_ref:(.*)$/.exec(context) ?? [];
    if (workflow !== undefined) return isPinnedWorkflow(workflow) ? undefined : `any version of a workflow of ${of}`;
    return `every branch, tag and pull request of ${of}`;
};

const OWNER = /^(?:repo|repository|repository_owner):([^/:]*)/;

/** Whose repositories a subject takes, where that is more than one's. */
export const ownersWidth = (subject: string): string | undefined => {
    const [, owner = ""] = OWNER.exec(subject) ?? [];
    return owner === "" || isWild(owner) ? "repositories of others" : undefined;
};

/**
 * What a subject of GitHub Actions takes besides one branch, tag or environment of one repository.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const githubWidth = (subject: string): string | undefined => {
    const others = ownersWidth(subject);
    if (others !== undefined) return others;
    const [, owner = ""] = OWNER.exec(subject) ?? [];
    const [, repository, context] = /^repo(?:sitory)?:[^/:]*\/([^:]*)(?::(.*))?$/.exec(subject) ?? [];
    if (repository !== undefined && repository !== "" && !isWild(repository))
        return contextWidth(context, `'${owner}/${repository}'`);
    const [, rest] = /^repository_owner:[^:]*:(.*)$/.exec(subject) ?? [];
    return rest === undefined ? `every repository of '${owner}' that matches` : contextWidth(rest, `'${owner}'`);
};

/**
 * What a subject of GitLab takes besides one branch or tag of one project.
 * Source: https://docs.gitlab.com/ci/secrets/id_token_authentication/
 */
export const gitlabWidth = (subject: string): string | undefined => {
    const [, path = "", rest] = /^project_path:([^:]*)(?::(.*))?$/.exec(subject) ?? [];
    if (path === "" || isWild(path)) return "more projects than one";
    const of = `'${path}'`;
    const [, environment] = /(?:^|:)environment:([^:]*)/.exec(rest ?? "") ?? [];
    if (environment !== undefined) return isWild(environment) ? `any environment of ${of}` : undefined;
    const [, type = "", ref] = /^ref_type:([^:]*)(?::ref:(.*))?$/.exec(rest ?? "") ?? [];
    if (saysNothing(type)) return `every branch and tag of ${of}`;
    const wide = refTooWide(type === "tag" ? "tag" : "branch", ref);
    return wide === undefined ? undefined : `${wide} of ${of}`;
};
