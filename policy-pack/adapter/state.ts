import { type GivenResource, type PlainResource, plainOf } from "./resource.ts";
import { decodeState } from "./state-value.ts";

type Fields = Readonly<Record<string, unknown>>;

interface StateEntry {
    /** URN in the state. */
    readonly former: string;
    readonly given: GivenResource;
    readonly fields: Fields;
}

const shown = (value: unknown): string => {
    if (value === undefined) return "nothing";
    if (value === null) return "null";
    if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
    return `a ${typeof value}`;
};

const fail = (where: string, got: unknown, expected: string): never => {
    throw new Error(`${where}: got ${shown(got)}; expected ${expected}`);
};

const isFields = (value: unknown): value is Fields =>
    value !== null && typeof value === "object" && !Array.isArray(value);

const fieldsOf = (value: unknown, where: string): Fields =>
    isFields(value) ? value : fail(where, value, "an object, as 'pulumi stack export' writes");

const textOf = (fields: Fields, key: string, where: string): string => {
    const value = fields[key];
    return typeof value === "string" && value !== "" ? value : fail(`${where}.${key}`, value, "a text");
};

/** An export wraps its deployment; a checkpoint file of a backend wraps it once more. */
const deploymentOf = (state: unknown): { readonly fields: Fields; readonly where: string } => {
    const outer = fieldsOf(state, "state");
    const checkpoint = isFields(outer["checkpoint"]) ? outer["checkpoint"] : outer;
    for (const key of ["deployment", "latest"]) {
        const inner = checkpoint[key];
        if (isFields(inner)) return { fields: inner, where: key };
    }
    return { fields: outer, where: "state" };
};

/** A resource that another run is still to delete gives nothing that the stack has asked for. */
const isLive = (entry: unknown): boolean => !isFields(entry) || entry["delete"] !== true;

/** URN of a resource now, by the one that it has in a state. */
export type Renamed = Readonly<Record<string, string>>;

const readEntry = (entry: unknown, where: string, renamed: Renamed): StateEntry => {
    const fields = fieldsOf(entry, where);
    const former = textOf(fields, "urn", where);
    const urn = Object.hasOwn(renamed, former) ? (renamed[former] ?? former) : former;
    const id = fields["id"];
    const outputs = decodeState(fields["outputs"] ?? {});
    const given = {
        urn,
        type: typeof fields["type"] === "string" ? fields["type"] : (former.split("::")[2]?.split("$").at(-1) ?? ""),
        name: urn.split("::").slice(3).join("::"),
        props: isFields(outputs) ? outputs : {},
        ...(typeof id === "string" && id !== "" && { id }),
    };
    return { former, given, fields };
};

const urnsOf = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter(each => typeof each === "string") : [];

const WIRED = ["parent", "provider", "propertyDependencies"] as const;

/** Resources name each other by URN, a provider by its URN and id. */
const wire = ({ given, fields }: StateEntry, byUrn: ReadonlyMap<string, GivenResource>): void => {
    const found = (urn: unknown): GivenResource | undefined => (typeof urn === "string" ? byUrn.get(urn) : undefined);
    const provider = fields["provider"];
    const dependencies = fields["propertyDependencies"];
    const parts = {
        parent: found(fields["parent"]),
        provider: typeof provider === "string" ? found(provider.split("::").slice(0, -1).join("::")) : undefined,
        propertyDependencies: Object.fromEntries(
            Object.entries(isFields(dependencies) ? dependencies : {}).map(([key, urns]) => [
                key,
                urnsOf(urns).flatMap(urn => found(urn) ?? []),
            ]),
        ),
    };
    for (const key of WIRED) if (parts[key] !== undefined) Object.assign(given, { [key]: parts[key] });
};

/**
 * The resources of a deployed stack, as `pulumi policy analyze` shows them: inputs and outputs, links by property, and
 * ids. Texts that the export keeps encrypted are unknown; with `--show-secrets` they are read.
 * @param state what `pulumi stack export` writes
 * @param renamed what a plan has renamed: resources get the URN that they have there
 * @throws Error `deployment.resources[3].urn: got nothing; expected a text`
 */
export const resourcesOfState = (state: unknown, renamed: Renamed = {}): readonly PlainResource[] => {
    const { fields, where } = deploymentOf(state);
    const list = fields["resources"] ?? (where === "state" ? undefined : []);
    if (!Array.isArray(list)) return fail(`${where}.resources`, list, "a list of resources");
    const entries = list
        .map((entry: unknown, at) => ({ entry, at }))
        .filter(({ entry }) => isLive(entry))
        .map(({ entry, at }) => readEntry(entry, `${where}.resources[${String(at)}]`, renamed));
    const byUrn = new Map(entries.map(({ former, given }) => [former, given]));
    for (const entry of entries) wire(entry, byUrn);
    const inputs = new Map(
        entries.flatMap(({ given, fields: { inputs: props } }) => {
            const decoded = decodeState(props);
            return isFields(decoded) ? [[given.urn, decoded] as const] : [];
        }),
    );
    return entries.map(({ given }) => plainOf(given, inputs));
};
