import type { PrincipalKind } from "../../access/model.ts";
import { type ScopedWay, scopedWays } from "../../access/scoped-ways.ts";
import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

/** Resource-specific consent is given to an application of one's own; a managed identity cannot be one. */
const APPLICATIONS: ReadonlySet<PrincipalKind> = new Set(["application", "service-principal"]);

const suits = (way: ScopedWay, holder: PrincipalKind): boolean =>
    way.suits === "always" || (way.suits === "application" && APPLICATIONS.has(holder));

export const graphResourceScopedWay = rule({
    name: "graph-resource-scoped-way",
    description:
        "No permission reaches all mailboxes, sites, files, teams or applications where it can reach just some.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Give the right on the resources that are worked on, as the page says, or list the permission under 'allowed' where all of them are.",
    judges: "api-grant",
    needs: ["appRole"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Permissions that may reach all resources of their kind, by name or pattern.",
        },
    },
    check: ({ appRole, holder }, { allowed }) => {
        if (appRole === undefined || isListed(allowed, appRole.name)) return [];
        const way = scopedWays(appRole.api.appId, appRole.name).find(each => suits(each, holder.kind));
        return way === undefined
            ? []
            : [
                  `permission '${appRole.name}' on ${appRole.api.name} reaches every resource of its kind; expected to ${way.way} (${way.page})`,
              ];
    },
});
