import type { Grant } from "../access/grant.ts";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { grantsOf, type Manifest, manifestSchema } from "./manifest.ts";
import { readJson } from "./read-json.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => value !== null && typeof value === "object";

/** The stack's own word on what it grants, in the outputs of its state; undefined where it is another program's. */
const declaredIn = (state: Fields): unknown => {
    const deployment = isFields(state["deployment"]) ? state["deployment"] : {};
    const resources: unknown[] = Array.isArray(deployment["resources"]) ? deployment["resources"] : [];
    const stack = resources.filter(isFields).find(({ type }) => type === "pulumi:pulumi:Stack");
    return isFields(stack?.["outputs"]) ? stack["outputs"]["grants"] : undefined;
};

const parsed = (grants: unknown): readonly Grant[] | undefined => {
    const read = manifestSchema.shape.grants.safeParse(grants);
    return read.success ? (read.data as Grant[]) : undefined;
};

/** The grants of an exported state: as its program declares them, or as its resources give them. */
export const grantsInState = (state: unknown): readonly Grant[] =>
    (isFields(state) ? parsed(declaredIn(state)) : undefined) ?? grantsOf(accessModelOf(resourcesOfState(state)));

/**
 * The grants in a file: a grant manifest, or an exported state of any program.
 * @throws Error when it is neither, naming the place
 */
export const readManifest = async (source: string): Promise<Manifest> => {
    const content = await readJson(source);
    if (!isFields(content) || !("grants" in content)) {
        try {
            return { version: 1, stack: source, grants: grantsInState(content) };
        } catch (error) {
            const why = (error as Error).message;
            throw new Error(`'${source}' is neither a grant manifest nor an exported state: ${why}`, { cause: error });
        }
    }
    const read = manifestSchema.safeParse(content);
    if (read.success) return read.data as Manifest;
    const [issue] = read.error.issues;
    throw new Error(`'${source}': ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "no grant manifest"}`);
};
