import { findDirectoryRole } from "../../access/directory-roles.ts";
import { isKnown } from "../adapter/value.ts";
import { holderKind, kindOf, workloadsHolding } from "../principal-kind.ts";
import { rule } from "../rule.ts";
import { isLimited, roleWords } from "../whole-directory.ts";

export const graphDirectoryRoleOnIdentity = rule({
    name: "graph-directory-role-on-identity",
    description: "No managed identity or application holds a role of the whole directory.",
    severity: "high",
    controls: { mcsb: "PA-1" },
    remediationSteps:
        "Grant the application permissions for the calls that are made (leastwise explain names them), or assign the role on an administrative unit or a single application.",
    judges: "directory-role",
    needs: [],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Directory roles that may be held for the whole directory, by name or template id.",
        },
    },
    prepare: ({ allowed }) => {
        for (const each of allowed) findDirectoryRole(each);
    },
    check: (subject, { allowed }) => {
        const { role, scope, holder, activation } = subject;
        const isAllowed = isKnown(role) && allowed.some(each => findDirectoryRole(each).name === role);
        if (isLimited(scope) || isAllowed) return [];
        if (holderKind(subject) === "undecided") return [`cannot judge ${roleWords(role)}: nothing tells who holds it`];
        const how = activation === "eligible" ? "can be activated by" : "is held by";
        return workloadsHolding(subject).map(each => {
            const through = each.key === holder.key ? "" : ` through group '${holder.name}'`;
            const kind = kindOf(each);
            return `${roleWords(role)} ${how} ${kind} '${each.name}'${through} for the whole directory; expected application permissions or a narrower scope`;
        });
    },
});
