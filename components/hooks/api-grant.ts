import { ErrorHook, log, type ErrorHookArgs } from "@pulumi/pulumi";
import type { RestClient } from "../rest/client.ts";
import { failureOf } from "./failure.ts";
import { waitAgain } from "./patience.ts";
import { perRun } from "./per-run.ts";
import { restClient } from "./rest.ts";

interface Assignment {
    readonly id: string;
    readonly appRoleId: string;
    readonly resourceId: string;
    readonly createdDateTime?: string;
}

interface Page {
    readonly value: readonly Assignment[];
    readonly "@odata.nextLink"?: string;
}

/** Clocks of Entra and of this machine may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

const find = async (client: RestClient, inputs: Record<string, unknown>): Promise<Assignment | undefined> => {
    let path: string | undefined = `/v1.0/servicePrincipals/${inputs["principalObjectId"]}/appRoleAssignments`;
    while (path !== undefined) {
        const page = (await (await client.send("graph", { method: "GET", path })).json()) as Page;
        const found = page.value.find(
            ({ appRoleId, resourceId }) =>
                appRoleId === inputs["appRoleId"] && resourceId === inputs["resourceObjectId"],
        );
        if (found) return found;
        path = page["@odata.nextLink"];
    }
    return undefined;
};

const parents = perRun(() => new Map<string, string>());

/** Remembers which component an assignment is a child of: a hook is told the parent's type and not its name. */
export const nameParent = (assignment: string, parent: string): void => void parents().set(assignment, parent);

const parentUrn = ({ urn, name }: ErrorHookArgs, named: ReadonlyMap<string, string>): string => {
    const types = urn.slice(0, urn.lastIndexOf("::"));
    return `${types.slice(0, types.lastIndexOf("$"))}::${named.get(name) ?? name}`;
};

const wayOut = (args: ErrorHookArgs, { id, resourceId }: Assignment, named: ReadonlyMap<string, string>): string => {
    const importId = `/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`;
    return (
        `the grant exists already; give it 'adopt: ${importId}' to take it over as it is, 'adopt: true' to replace it, or run: ` +
        `pulumi import ${args.type} '${args.name}' '${importId}' --parent 'grants=${parentUrn(args, named)}' ` +
        "--protect=false --generate-code=false"
    );
};

/** A grant made anew may again be slow to show; after so many times it is left to be taken over. */
const MOST_REPLACEMENTS = 1;

const replacements = (errors: readonly string[]): number =>
    errors.filter(error => failureOf(error) === "exists").length - 1;

/**
 * Handles an assignment that exists but is in no state: left by a run that lost the answer or was killed, or made by hand.
 * One that this run made, or that may be adopted, is removed for the retry to make it again.
 * See https://github.com/hashicorp/terraform-provider-azuread/pull/1896
 */
const resolveExisting = async (
    args: ErrorHookArgs,
    adopt: boolean,
    startedAt: number,
    client: RestClient,
    named: ReadonlyMap<string, string>,
): Promise<boolean> => {
    const inputs = args.newInputs ?? {};
    const found = await find(client, inputs);
    if (!found) return waitAgain(args.errors.length);
    const ours = Date.parse(found.createdDateTime ?? "") >= startedAt - CLOCK_SKEW_MS;
    if ((!adopt && !ours) || replacements(args.errors) >= MOST_REPLACEMENTS)
        throw new Error(wayOut(args, found, named));
    await client.send("graph", {
        method: "DELETE",
        path: `/v1.0/servicePrincipals/${inputs["principalObjectId"]}/appRoleAssignments/${found.id}`,
    });
    await log.info(`${args.name}: replacing the assignment ${found.id}, which was in no state`);
    return waitAgain(args.errors.length);
};

const makeHook = (adopt: boolean): ErrorHook => {
    const startedAt = Date.now();
    const connect = restClient();
    const named = parents();
    return new ErrorHook(adopt ? "leastwise-api-grant-adopt" : "leastwise-api-grant", async args => {
        const failure = failureOf(args.errors[0] ?? "");
        if (failure === "exists" && args.failedOperation === "create") {
            return resolveExisting(args, adopt, startedAt, await connect(), named);
        }
        return failure === "passing" && waitAgain(args.errors.length);
    });
};

const hooks = { adopt: perRun(() => makeHook(true)), keep: perRun(() => makeHook(false)) };

/** Repeats what Entra has not caught up with yet, and finds a way out when the assignment exists already. */
export const apiGrantHook = (adopt: boolean): ErrorHook => (adopt ? hooks.adopt() : hooks.keep());
