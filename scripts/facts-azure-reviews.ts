/** A row the sources lack or have wrong, with the Microsoft page it rests on. */
export interface ReviewedCall {
    readonly method: string;
    /** Lower case, from the provider on, names as `{}`; from `/` on where the path has no provider. */
    readonly shape: string;
    readonly action: string;
    readonly page: string;
}

const MANAGEMENT = "https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance";
const DRAFT = "microsoft.automation/automationaccounts/{}/runbooks/{}/draft";
const DRAFT_ACTION = "Microsoft.Automation/automationAccounts/runbooks/draft";

const draft = (method: string, below: string, verb: string): ReviewedCall => ({
    method,
    shape: `${DRAFT}/${below.toLowerCase()}`,
    action: `${DRAFT_ACTION}/${below}/${verb}`,
    page: MANAGEMENT,
});

export const REVIEWED_CALLS: readonly ReviewedCall[] = [
    draft("PUT", "content", "write"),
    draft("GET", "testJob", "read"),
    draft("PUT", "testJob", "write"),
    draft("POST", "testJob/resume", "action"),
    draft("POST", "testJob/stop", "action"),
    draft("POST", "testJob/suspend", "action"),
    {
        method: "GET",
        shape: "/subscriptions/{}/resources",
        action: "Microsoft.Resources/resources/read",
        page: MANAGEMENT,
    },
];

/**
 * Shapes for which the ARM map names the actions of a retired sibling (single server for flexible server); the provider's
 * own list has the actions the rule gives.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/databases
 */
export const RULE_STANDS: readonly string[] = [
    "microsoft.dbformysql/flexibleservers/",
    "microsoft.dbforpostgresql/flexibleservers/",
];
