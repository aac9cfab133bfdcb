import { findDirectoryRole } from "../../access/directory-roles.ts";
import { isKnown, type Value } from "../adapter/value.ts";
import { holderKind } from "../principal-kind.ts";
import { rule } from "../rule.ts";

const named = (role: Value<string>): string => (isKnown(role) ? `directory role '${role}'` : "a directory role");

/** The whole directory is written out, or left out: a scope that is not known yet comes from what it is limited to. */
const isLimited = (scope: Value<string | undefined>): boolean => (isKnown(scope) ? scope !== undefined : scope.awaited);

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
        const kind = holderKind(subject);
        const isAllowed = isKnown(role) && allowed.some(each => findDirectoryRole(each).name === role);
        if (isLimited(scope) || isAllowed) return [];
        if (kind === "undecided") return [`cannot judge ${named(role)}: nothing tells who holds it`];
        if (kind !== "identity" && kind !== "application") return [];
        const how = activation === "eligible" ? "can be activated by" : "is held by";
        return [
            `${named(role)} ${how} ${kind} '${holder.name}' for the whole directory; expected application permissions or a narrower scope`,
        ];
    },
});
