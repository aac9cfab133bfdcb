import { appRolesWithId } from "../adapter/api-grant.ts";
import { rule } from "../rule.ts";

/** Access to an API without any of its app roles. */
const DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000";

export const graphPermissionUnknown = rule({
    name: "graph-permission-unknown",
    description: "A granted permission exists, is in use, and belongs to the API it is granted on.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Use the id of an app role that the API has today. For an API of your own that another stack makes, list its app role ids under 'allowed'.",
    judges: "api-grant",
    needs: ["api", "appRoleId"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Ids of app roles on APIs of your own that no stack under judgement makes.",
        },
    },
    check: ({ api, appRoleId }, { allowed }) => {
        const id = appRoleId.toLowerCase();
        if (api === "own" || id === DEFAULT_ACCESS || allowed.some(each => each.toLowerCase() === id)) return [];
        const roles = appRolesWithId(id);
        const [first] = roles;
        if (first === undefined) return [`no known API has an app role '${appRoleId}'`];
        const role = api === undefined ? first : roles.find(each => each.api.appId === api.appId);
        if (role === undefined)
            return [`'${first.name}' is an app role of ${first.api.name}, granted on ${api?.name ?? "another API"}`];
        return role.state === "disabled" ? [`permission '${role.name}' on ${role.api.name} is retired`] : [];
    },
});
