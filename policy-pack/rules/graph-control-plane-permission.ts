import { apis, appRoles, findAppRole, MICROSOFT_GRAPH } from "../../access/apis.ts";
import { isListed, matches } from "../pattern.ts";
import { rule } from "../rule.ts";

const isKnown = (name: string): boolean =>
    apis().some(({ appId }) => appRoles(appId).some(role => matches(name, role.name)));

export const graphControlPlanePermission = rule({
    name: "graph-control-plane-permission",
    description: "No identity holds a permission that lets it take over the tenant.",
    severity: "critical",
    controls: { mcsb: "PA-1" },
    remediationSteps:
        "Grant the least permission for the calls that are made (leastwise explain names it), or list the permission under 'allowed' with the team that answers for it.",
    judges: "api-grant",
    needs: ["appRole"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Control plane permissions that may be granted, by name or pattern.",
        },
        besides: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Permissions that are refused besides those of the control plane, by name or pattern.",
        },
    },
    prepare: ({ allowed, besides }) => {
        for (const name of [...allowed, ...besides].filter(each => !isKnown(each))) findAppRole(MICROSOFT_GRAPH, name);
    },
    check: ({ appRole }, { allowed, besides }) => {
        if (appRole === undefined || isListed(allowed, appRole.name)) return [];
        const fault = appRole.tier === 0 ? "is of the control plane" : "reaches all that the tenant keeps of its kind";
        return appRole.tier === 0 || isListed(besides, appRole.name)
            ? [`permission '${appRole.name}' on ${appRole.api.name} ${fault}; expected a lesser one`]
            : [];
    },
});
