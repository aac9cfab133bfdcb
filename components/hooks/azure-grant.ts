import { ErrorHook, log, type ErrorHookArgs } from "@pulumi/pulumi";
import type { RestClient } from "../rest/client.ts";
import { failureOf } from "./failure.ts";
import { waitAgain } from "./patience.ts";
import { perRun } from "./per-run.ts";
import { restClient } from "./rest.ts";

interface Assignment {
    readonly id: string;
    readonly name: string;
    readonly properties: { readonly principalId: string; readonly roleDefinitionId: string; readonly scope: string };
}

const API_VERSION = "2022-04-01";

const guid = (id: string): string => id.slice(id.lastIndexOf("/") + 1).toLowerCase();

/** The assignment of the same role to the same principal on the same scope, or else the one with our name. */
const find = async (client: RestClient, inputs: Record<string, unknown>): Promise<Assignment | undefined> => {
    const scope = String(inputs["scope"]).replace(/\/$/, "");
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()&api-version=${API_VERSION}`;
    const { value } = (await (await client.send("resourceManager", { method: "GET", path })).json()) as {
        value: readonly Assignment[];
    };
    const here = value.filter(({ properties }) => properties.scope.toLowerCase() === (scope || "/").toLowerCase());
    return (
        here.find(
            ({ properties }) =>
                properties.principalId === inputs["principalId"] &&
                guid(properties.roleDefinitionId) === guid(String(inputs["roleDefinitionId"])),
        ) ?? here.find(({ name }) => name === inputs["roleAssignmentName"])
    );
};

const resolveExisting = async (args: ErrorHookArgs, adopt: boolean, client: RestClient): Promise<boolean> => {
    const inputs = args.newInputs ?? {};
    const found = await find(client, inputs);
    if (!found) return waitAgain(args.errors.length);
    if (!adopt && found.name !== inputs["roleAssignmentName"]) {
        throw new Error(
            `the role is assigned already, by someone else, as ${found.id}; ` +
                `give the grant 'adopt: true' to replace it, or delete it: az role assignment delete --ids '${found.id}'`,
        );
    }
    await client.send("resourceManager", { method: "DELETE", path: `${found.id}?api-version=${API_VERSION}` });
    await log.info(`${args.name}: replacing the assignment ${found.name}, which was in no state`);
    return true;
};

const makeHook = (adopt: boolean): ErrorHook => {
    const connect = restClient();
    return new ErrorHook(adopt ? "leastwise-azure-grant-adopt" : "leastwise-azure-grant", async args => {
        const failure = failureOf(args.errors[0] ?? "");
        if (failure === "exists" && args.failedOperation === "create") {
            return resolveExisting(args, adopt, await connect());
        }
        return failure === "passing" && waitAgain(args.errors.length);
    });
};

const hooks = { adopt: perRun(() => makeHook(true)), keep: perRun(() => makeHook(false)) };

/**
 * Repeats what Azure has not caught up with yet (PrincipalNotFound), and finds a way out when the assignment exists.
 * An assignment under the name that only this grant can have was left by a run that was killed, and is replaced.
 */
export const azureGrantHook = (adopt: boolean): ErrorHook => (adopt ? hooks.adopt() : hooks.keep());
