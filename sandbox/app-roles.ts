import { appRoles } from "../access/apis.ts";
import type { AppRoleRecord, ServicePrincipal } from "./records.ts";

const firstParty = new Map<string, readonly AppRoleRecord[]>();

const fromTables = (appId: string): readonly AppRoleRecord[] =>
    appRoles(appId).map(role => ({
        id: role.id,
        value: role.name,
        displayName: role.name,
        description: role.name,
        allowedMemberTypes: ["Application"],
        isEnabled: role.state !== "disabled",
    }));

/** The app roles an API declares: its own, or for Microsoft's APIs those of the fact tables. */
export const appRolesOf = (api: ServicePrincipal): readonly AppRoleRecord[] => {
    if (api.appRoles.length > 0) return api.appRoles;
    const known = firstParty.get(api.appId) ?? fromTables(api.appId);
    firstParty.set(api.appId, known);
    return known;
};
