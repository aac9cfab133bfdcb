import { isKnown } from "../adapter/value.ts";
import { holderKind } from "../principal-kind.ts";
import { rule } from "../rule.ts";

export const graphDelegatedGrantToIdentity = rule({
    name: "graph-delegated-grant-to-identity",
    description: "No delegated permission is granted to a managed identity.",
    severity: "medium",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Delete the grant. Where the identity makes the calls itself, grant the application permission that they need (leastwise explain names it).",
    judges: "delegated-grant",
    needs: [],
    options: {},
    check: subject => {
        const { api, permissions, user, holder } = subject;
        const kind = holderKind(subject);
        if (kind === "undecided")
            return ["cannot judge the delegated permissions: nothing tells whom they are granted to"];
        if (kind !== "identity") return [];
        const names = isKnown(permissions) ? permissions.map(name => `'${name}'`).join(", ") : "that are not known yet";
        const on = isKnown(api) && api !== undefined && api !== "own" ? ` on ${api.name}` : "";
        const whose = user === undefined ? "all users" : "a user";
        return [
            `delegated permissions ${names}${on} of ${whose} are granted to identity '${holder.name}', which signs no user in; expected none`,
        ];
    },
});
