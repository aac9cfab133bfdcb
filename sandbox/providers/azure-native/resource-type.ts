import { didYouMean } from "../../../access/name.ts";
import { ENVELOPE, ROWS } from "./rows.ts";
import type { Row } from "./rows.ts";
import { shapes } from "./shapes.ts";
import type { Members } from "./shapes.ts";

/** One resource type as the stand-in works with it: its row, and its shapes from the SDK. */
export interface ResourceType {
    /** Without package and version: `automation:Runbook`. */
    readonly token: string;
    readonly row: Row;
    readonly apiVersion: string;
    readonly inputs: Members;
    readonly outputs: Members;
    /** Names of the inputs in the path, in order, without the subscription. */
    readonly pathInputs: readonly string[];
    /** The path input that names the resource. */
    readonly nameInput: string;
    readonly replaceOnChanges: ReadonlySet<string>;
}

const PATH_PARAMETER = /\{(\w+)\}/g;
const VERSION_SEGMENT = /^v(\d{4})(\d\d)(\d\d)(\w*)$/;

const parseToken = (token: string): { readonly key: string; readonly apiVersion: string | undefined } => {
    const [, module = "", name = ""] = token.split(":");
    const [base = "", versionSegment = ""] = module.split("/");
    const version = VERSION_SEGMENT.exec(versionSegment);
    if (version === null) return { key: `${base}:${name}`, apiVersion: undefined };
    const [, year, month, day, stage] = version;
    return { key: `${base}:${name}`, apiVersion: `${year}-${month}-${day}${stage ? `-${stage}` : ""}` };
};

const known = new Map<string, ResourceType>();

const build = (token: string): ResourceType => {
    const { key, apiVersion } = parseToken(token);
    const row = ROWS[key];
    const shape = shapes().resources[key];
    if (row === undefined) throw new Error(`Resource type ${token} not found${didYouMean(key, Object.keys(ROWS))}`);
    if (shape === undefined)
        throw new Error(`the shape of ${key} is not compiled yet; run 'node scripts/provider-shapes.ts'`);
    const parameters = [...row.path.matchAll(PATH_PARAMETER)].map(([, name = ""]) => name);
    const pathInputs = parameters.filter(name => name !== "subscriptionId");
    return {
        token: key,
        row,
        apiVersion: apiVersion ?? row.apiVersion,
        inputs: shape.inputs,
        outputs: shape.outputs,
        pathInputs,
        nameInput: pathInputs.at(-1) ?? "",
        replaceOnChanges: new Set([...pathInputs, ...(row.replaceOnChanges ?? [])]),
    };
};

/**
 * Finds a resource type by its token, with or without an API version: `azure-native:authorization/v20220401:RoleAssignment`.
 * @throws when the stand-in does not serve the type
 */
export const resourceType = (token: string): ResourceType => {
    const type = known.get(token) ?? build(token);
    known.set(token, type);
    return type;
};

/** Where a property sits in the REST body: the containers, outermost first, and its name there. */
export const placeOf = (
    type: ResourceType,
    property: string,
): { readonly containers: readonly string[]; readonly name: string } => ({
    containers: type.row.containers?.[property] ?? (ENVELOPE.has(property) ? [] : ["properties"]),
    name: type.row.wireNames?.[property] ?? property,
});
