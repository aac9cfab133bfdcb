import type { PolicyPackConfig } from "@pulumi/policy";
import type { AccessModel } from "../access/model.ts";
import { readAccessFile } from "../policy-pack/read-access-file.ts";
import { offline } from "./offline.ts";
import { type Plan, planWithPack } from "./plan.ts";
import { findProject, onlyStack, type Project, stackFile } from "./project.ts";
import { readJson } from "./read-json.ts";
import type { ReviewOptions } from "./review-run.ts";
import { withSandbox } from "./with-sandbox.ts";

/** What a review is of. */
export interface Reviewed {
    readonly stack: string;
    /** Without steps where only the pack has seen the preview. */
    readonly plan: Omit<Plan, "steps"> & Partial<Pick<Plan, "steps">>;
    /** Where the stack is declared, if that is known. */
    readonly declared?: { readonly project: Project; readonly file: string };
    /** What is not seen, where it was made without Azure. */
    readonly unseen?: string;
}

const VIEW = { title: "Reviewing", done: "Previewed", words: () => "the stack" };

const UNSEEN = {
    state: "against an exported state; what has changed since, or outside of the stack, is not seen",
    none: "without a state; everything counts as new",
    plan: "from what the policy pack has written down in a preview; which identities are replaced is not seen",
};

const readState = (options: ReviewOptions): Promise<unknown> =>
    options.state === undefined ? Promise.resolve(undefined) : readJson(options.state);

const STACK_IN_URN = /^urn:pulumi:([^:]+)::/;

const stackIn = ({ principals, rights }: AccessModel): string | undefined =>
    [...rights.map(({ urn }) => urn), ...principals.map(({ key }) => key)].flatMap(
        key => STACK_IN_URN.exec(key)?.[1] ?? [],
    )[0];

const ofPlanFile = async (file: string, options: ReviewOptions): Promise<Reviewed> => {
    const access = readAccessFile(file);
    const state = await readState(options);
    const stack = options.stack ?? stackIn(access.model) ?? "of no name";
    const unseen = state === undefined ? `${UNSEEN.plan}; ${UNSEEN.none}` : UNSEEN.plan;
    return { stack, plan: { access, state }, unseen };
};

/**
 * What is to be reviewed: a preview of a stack against Azure, the sandbox or neither, or one that was made before.
 * @throws Error when the stack or its state cannot be read, or the preview fails by itself
 */
export const reviewed = async (options: ReviewOptions, config: PolicyPackConfig): Promise<Reviewed> => {
    if (options.plan !== undefined) return ofPlanFile(options.plan, options);
    const project = findProject();
    const { stack = onlyStack(project) } = options;
    const of = { stack, declared: { project, file: stackFile(project, stack) } };
    const given = { stack, config, view: VIEW };
    if (options.offline !== true) {
        const plan = await withSandbox(options.sandbox === true ? project : undefined, options, session =>
            planWithPack({ ...given, project, withState: true, ...(session && { session }) }),
        );
        return { ...of, plan };
    }
    const state = await readState(options);
    const plan = await offline(project, stack, state, place => planWithPack({ ...given, ...place, hideSecrets: true }));
    return { ...of, plan: { ...plan, state }, unseen: UNSEEN[state === undefined ? "none" : "state"] };
};
