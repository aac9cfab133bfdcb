import { ErrorHook, log, ResourceHook } from "@pulumi/pulumi";
import type { RestClient } from "../rest/client.ts";
import { failureOf } from "./failure.ts";
import { waitAgain } from "./patience.ts";
import { perRun } from "./per-run.ts";
import { restClient } from "./rest.ts";

interface Link {
    readonly properties: {
        readonly jobScheduleId: string;
        readonly runbook: { readonly name: string };
        readonly schedule: { readonly name: string };
    };
}

interface Page {
    readonly value: readonly Link[];
    readonly nextLink?: string;
}

const API_VERSION = "2024-10-23";

const linksOf = async (client: RestClient, account: string): Promise<readonly Link[]> => {
    const links: Link[] = [];
    let path: string | undefined = `${account}/jobSchedules?api-version=${API_VERSION}`;
    while (path) {
        const page = (await (await client.send("resourceManager", { method: "GET", path })).json()) as Page;
        links.push(...page.value);
        path = page.nextLink;
    }
    return links;
};

const same = (a: string, b: unknown): boolean => a.toLowerCase() === String(b).toLowerCase();

const clear = async (client: RestClient, subscription: string, inputs: Record<string, unknown>): Promise<void> => {
    const account =
        `/subscriptions/${subscription}/resourceGroups/${inputs["resourceGroupName"]}` +
        `/providers/Microsoft.Automation/automationAccounts/${inputs["automationAccountName"]}`;
    const [runbook, schedule] = [inputs["runbook"], inputs["schedule"]] as { name?: string }[];
    for (const { properties } of await linksOf(client, account)) {
        if (!same(properties.runbook.name, runbook?.name) || !same(properties.schedule.name, schedule?.name)) continue;
        await client.send("resourceManager", {
            method: "DELETE",
            path: `${account}/jobSchedules/${properties.jobScheduleId}?api-version=${API_VERSION}`,
        });
        await log.info(
            `${runbook?.name}: replacing the schedule link ${properties.jobScheduleId}, which was in no state`,
        );
    }
};

interface LinkHooks {
    readonly beforeCreate: [ResourceHook];
    readonly onError: [ErrorHook];
}

const MOST_REPLACEMENTS = 3;

const makeHooks = (subscription: string, connect: () => Promise<RestClient>): LinkHooks => ({
    beforeCreate: [
        new ResourceHook(`leastwise-relink-${subscription}`, async ({ newInputs }) =>
            clear(await connect(), subscription, newInputs ?? {}),
        ),
    ],
    onError: [
        new ErrorHook(`leastwise-link-${subscription}`, async ({ errors, newInputs }) => {
            const failure = failureOf(errors[0] ?? "");
            if (failure === "exists" && errors.length <= MOST_REPLACEMENTS) {
                await clear(await connect(), subscription, newInputs ?? {});
                return true;
            }
            return failure === "passing" && waitAgain(errors.length);
        }),
    ],
});

const hooks = perRun(() => new Map<string, LinkHooks>());

/**
 * Clears the way for a runbook's link to a schedule, before it is made and when a lost answer makes it be made twice.
 * When a runbook changes, Azure gives its links new ids, so that a link that no state knows would run the runbook
 * twice: https://github.com/hashicorp/terraform-provider-azurerm/issues/7130
 */
export const linkHooks = (subscription: string): LinkHooks => {
    const known = hooks();
    const made = known.get(subscription) ?? makeHooks(subscription, restClient());
    known.set(subscription, made);
    return made;
};
