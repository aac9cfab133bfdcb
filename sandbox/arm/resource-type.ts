import type { ArmResource } from "../records.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";

/** What a resource provider makes of a PUT or PATCH: the parts of the resource that are its to decide. */
export interface Written {
    readonly properties: Json;
    readonly hidden?: Json;
    readonly content?: NonNullable<ArmResource["content"]>;
}

/** A write under way. */
export interface Write extends ArmRequest {
    /** Id the resource has or gets. */
    readonly id: string;
    readonly name: string;
    readonly body: Json;
    /** `properties` of the body; a PATCH has them merged into the existing ones. */
    readonly properties: Json;
    /** Undefined when the write creates the resource. */
    readonly existing: ArmResource | undefined;
}

/** Something done to a resource besides reading, writing and deleting it. */
export type Action = (resource: ArmResource, request: ArmRequest) => ArmResponse;

type Verb = "PUT" | "PATCH" | "DELETE";

/** How one resource type behaves where it differs from any other. */
export interface ResourceType {
    /** In Azure's casing: `Microsoft.Automation/automationAccounts/runbooks`. */
    readonly type: string;
    /** Has a location of its own, and tags. */
    readonly tracked?: true;
    /** May have a managed identity. */
    readonly identity?: true;
    /** Operations that answer 201 or 202 and finish later. */
    readonly longRunning?: readonly Verb[];
    /** API versions that know the type. @default - all */
    readonly versions?: RegExp;
    /** Names that exist with their parent, as `blobServices/default`. */
    readonly implicit?: readonly string[];
    /** Members of one page of a list. @default - 1000 */
    readonly pageSize?: number;
    /** @throws when the name does not follow the type's rule */
    readonly checkName?: (name: string) => void;
    /** Judges a write and completes its properties. @default - as sent, provisioned */
    readonly write?: (write: Write) => Written;
    /** What else changes with a write, after the resource is stored. */
    readonly afterWrite?: (write: Write) => void;
    /** @throws when the resource may not be deleted */
    readonly beforeDelete?: (resource: ArmResource, request: ArmRequest) => void;
    /** The body of a GET. @default - all that is not hidden */
    readonly view?: (resource: ArmResource, request: ArmRequest) => Json;
    /** The body of a member of a list. @default - as `view` */
    readonly summary?: (resource: ArmResource, request: ArmRequest) => Json;
    /** By method and the rest of the path: `POST listKeys`, `GET draft/content`. */
    readonly actions?: Readonly<Record<string, Action>>;
    /** Requests that any caller may make: the answer shows what the caller may see. */
    readonly openTo?: (request: Pick<ArmRequest, "method" | "target">) => boolean;
    /** Serves every request on the type itself, for types that are not kept among the resources. */
    readonly serve?: (request: ArmRequest) => ArmResponse | Promise<ArmResponse>;
}
