import { type RestClient, type Service, ServiceError } from "../components/rest/client.ts";
import { ROWS } from "../sandbox/providers/azure-native/rows.ts";

/** A resource whose creation had begun when the engine was killed: it may be there, or not. */
export interface PendingCreate {
    readonly urn: string;
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** The subscription that its provider works in. */
    readonly subscriptionId?: string;
}

/** Gets a resource's body from the cloud; undefined where it is not. */
export type Look = (service: Service, path: string) => Promise<unknown>;

/** Looks with the credential that the environment describes. */
export const lookWith = (client: RestClient): Look => {
    return async (service, path) => {
        try {
            return await (await client.send(service, { method: "GET", path })).json();
        } catch (error) {
            if (error instanceof ServiceError && error.status === 404) return undefined;
            throw error;
        }
    };
};

const withoutVersion = (token: string): string => token.replace(/^azure-native:/, "").replace(/\/v\d{8}\w*:/, ":");

const armId = (path: string, pending: PendingCreate): string | undefined => {
    let complete = true;
    const id = path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
        const value = parameter === "subscriptionId" ? pending.subscriptionId : pending.inputs[parameter];
        if (typeof value !== "string") complete = false;
        return String(value).replace(/^\/|\/$/g, "");
    });
    return complete ? id : undefined;
};

const armResource = async (pending: PendingCreate, look: Look): Promise<string | undefined> => {
    const row = ROWS[withoutVersion(pending.type)];
    const id = row === undefined ? undefined : armId(row.path, pending);
    if (row === undefined || id === undefined) return undefined;
    const found = await look("resourceManager", `${id}?api-version=${row.apiVersion}`);
    return found === undefined ? undefined : id;
};

interface Assignments {
    readonly value: readonly { readonly id: string; readonly appRoleId: string; readonly resourceId: string }[];
    readonly "@odata.nextLink"?: string;
}

const appRoleAssignment = async ({ inputs }: PendingCreate, look: Look): Promise<string | undefined> => {
    let path: string | undefined = `/v1.0/servicePrincipals/${String(inputs["principalObjectId"])}/appRoleAssignments`;
    while (path !== undefined) {
        const page = (await look("graph", path)) as Assignments | undefined;
        const found = page?.value.find(
            ({ appRoleId, resourceId }) =>
                appRoleId === inputs["appRoleId"] && resourceId === inputs["resourceObjectId"],
        );
        if (found !== undefined) return `/servicePrincipals/${found.resourceId}/appRoleAssignedTo/${found.id}`;
        path = page?.["@odata.nextLink"];
    }
    return undefined;
};

/** The id, as its provider writes it, of a pending create that has landed in the cloud; undefined where it has not. */
export const findPendingCreate = (pending: PendingCreate, look: Look): Promise<string | undefined> =>
    pending.type === "azuread:index/appRoleAssignment:AppRoleAssignment"
        ? appRoleAssignment(pending, look)
        : armResource(pending, look);
