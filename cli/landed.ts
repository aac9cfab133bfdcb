import { type RestClient, type Service, ServiceError } from "../components/rest/client.ts";
import { type ResourceState, type StackState, subscriptionOf } from "./stack-state.ts";
import { ROWS } from "../sandbox/providers/azure-native/rows.ts";

/** A resource that is there: its id, as its provider writes it, and when it was made, where Azure says so. */
export interface Landed {
    readonly id: string;
    /** Epoch milliseconds. */
    readonly createdAt?: number;
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

const armId = (path: string, resource: ResourceState, state: StackState): string | undefined => {
    let complete = true;
    const id = path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
        const value = parameter === "subscriptionId" ? subscriptionOf(resource, state) : resource.inputs?.[parameter];
        if (typeof value !== "string") complete = false;
        return String(value).replace(/^\/|\/$/g, "");
    });
    return complete ? id : undefined;
};

interface ArmBody {
    readonly systemData?: { readonly createdAt?: string };
    readonly properties?: { readonly createdOn?: string; readonly creationTime?: string };
}

const landed = (id: string, created: string | undefined): Landed =>
    created === undefined ? { id } : { id, createdAt: Date.parse(created) };

const armResource = async (resource: ResourceState, state: StackState, look: Look): Promise<Landed | undefined> => {
    const row = ROWS[withoutVersion(resource.type)];
    const id = row === undefined ? undefined : armId(row.path, resource, state);
    if (row === undefined || id === undefined) return undefined;
    const found = (await look("resourceManager", `${id}?api-version=${row.apiVersion}`)) as ArmBody | undefined;
    if (found === undefined) return undefined;
    const { systemData, properties } = found;
    return landed(id, systemData?.createdAt ?? properties?.createdOn ?? properties?.creationTime);
};

interface Assignment {
    readonly id: string;
    readonly appRoleId: string;
    readonly resourceId: string;
    readonly createdDateTime?: string;
}

interface Assignments {
    readonly value: readonly Assignment[];
    readonly "@odata.nextLink"?: string;
}

const appRoleAssignment = async ({ inputs = {} }: ResourceState, look: Look): Promise<Landed | undefined> => {
    let path: string | undefined = `/v1.0/servicePrincipals/${String(inputs["principalObjectId"])}/appRoleAssignments`;
    while (path !== undefined) {
        const page = (await look("graph", path)) as Assignments | undefined;
        const found = page?.value.find(
            ({ appRoleId, resourceId }) =>
                appRoleId === inputs["appRoleId"] && resourceId === inputs["resourceObjectId"],
        );
        if (found !== undefined) {
            return landed(
                `/servicePrincipals/${found.resourceId}/appRoleAssignedTo/${found.id}`,
                found.createdDateTime,
            );
        }
        path = page?.["@odata.nextLink"];
    }
    return undefined;
};

/** What the create of a resource has made in the cloud; undefined where it has made nothing. */
export const findLanded = (resource: ResourceState, state: StackState, look: Look): Promise<Landed | undefined> =>
    resource.type === "azuread:index/appRoleAssignment:AppRoleAssignment"
        ? appRoleAssignment(resource, look)
        : armResource(resource, state, look);
