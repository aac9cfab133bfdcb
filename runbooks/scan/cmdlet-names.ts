import { callsOf, nearestCmdlet } from "../../access/cmdlets.ts";
import type { Call } from "../../access/calls.ts";

/** A cmdlet that the tables have in the other version only. */
const otherVersion = (name: string): readonly Call[] | undefined => {
    const isBeta = /-mgbeta/i.test(name);
    const calls = callsOf(isBeta ? name.replace(/-mgbeta/i, "-Mg") : name.replace(/-mg/i, "-MgBeta"));
    return calls?.map(call => ({ ...call, version: isBeta ? "beta" : "v1.0" }));
};

/** Names of the first version of the modules. */
export const currentName = (name: string): string => name.replace(/DeviceAppMgt/i, "DeviceAppManagement");

/** `Get-MgTeamChannel` is listed as `Get-MgAllTeamChannel`, beside the path that lists all of them. */
const otherNoun = (name: string): readonly Call[] | undefined => {
    const calls = callsOf(name.replace(/^get-mg(beta)?/i, "Get-Mg$1All"))?.filter(
        ({ path }) => !/\/all[A-Z]/.test(path),
    );
    return calls === undefined || calls.length === 0 ? undefined : calls;
};

/** Cmdlets that the tables lack. */
const UNLISTED: Readonly<Record<string, readonly (readonly [method: string, path: string])[]>> = {
    "get-mgsecurityalertv2": [
        ["GET", "/security/alerts_v2"],
        ["GET", "/security/alerts_v2/{alert-id}"],
    ],
    "update-mgsecurityalertv2": [["PATCH", "/security/alerts_v2/{alert-id}"]],
    "get-mguserauthenticationrequirement": [["GET", "/users/{user-id}/authentication/requirements"]],
    "find-mgtenantrelationshiptenantinformationbytenantid": [
        ["GET", "/tenantRelationships/findTenantInformationByTenantId(tenantId='{tenantId}')"],
    ],
    "find-mgtenantrelationshiptenantinformationbydomainname": [
        ["GET", "/tenantRelationships/findTenantInformationByDomainName(domainName='{domainName}')"],
    ],
    "invoke-mginvalidateuserrefreshtoken": [["POST", "/users/{user-id}/invalidateAllRefreshTokens"]],
    "get-mggroupmemberwithlicenseerrorcount": [["GET", "/groups/{group-id}/membersWithLicenseErrors/$count"]],
    "get-mgappcatalogteamappdefinition": [
        ["GET", "/appCatalogs/teamsApps/{teamsApp-id}/appDefinitions"],
        ["GET", "/appCatalogs/teamsApps/{teamsApp-id}/appDefinitions/{teamsAppDefinition-id}"],
    ],
    "update-mggroupteam": [["PATCH", "/groups/{group-id}/team"]],
    "get-mgidentityconditionalaccessdeleteditempolicy": [
        ["GET", "/identity/conditionalAccess/deletedItems/policies"],
        ["GET", "/identity/conditionalAccess/deletedItems/policies/{conditionalAccessPolicy-id}"],
    ],
    "get-mgsecuritydatasecurityandgovernancesensitivitylabel": [
        ["GET", "/security/dataSecurityAndGovernance/sensitivityLabels"],
    ],
};

const unlisted = (name: string): readonly Call[] | undefined => {
    const version = /-mgbeta/i.test(name) ? "beta" : "v1.0";
    return UNLISTED[name.toLowerCase().replace("-mgbeta", "-mg")]?.map(([method, path]) => ({ method, path, version }));
};

/** The calls a cmdlet may make, by its own name or by one it had or has elsewhere. */
export const callsNamed = (written: string, isBeta: boolean): readonly Call[] | undefined => {
    const name = currentName(written);
    const beta = isBeta ? callsOf(name.replace(/-mg(?!beta)/i, "-MgBeta")) : undefined;
    return beta ?? callsOf(name) ?? otherVersion(name) ?? otherNoun(name) ?? unlisted(name);
};

/** The words of a name, each as if there were one of the thing: modules have named cmdlets either way. */
const singular = (name: string): string =>
    name
        .split(/(?=[A-Z])/)
        .map(word => word.replace(/(?:e?s)+$/, "").replace(/e$/, ""))
        .join("")
        .toLowerCase();

/** The search costs time, and a script of nothing but wrong names is no one's. */
const MAX_SEARCHED = 100;

/** Names that no table has, in one script. */
export class UnknownCmdlets {
    private readonly nearest = new Map<string, string | undefined>();

    /** The calls of the cmdlet that differs in the number of its words only. */
    calls(written: string): readonly Call[] | undefined {
        const near = this.nearestTo(written);
        return near !== undefined && singular(near) === singular(currentName(written)) ? callsOf(near) : undefined;
    }

    /** What is wrong with a name, and what may be meant. */
    why(written: string): string {
        const near = this.nearestTo(written);
        const isSame = near === undefined || near.toLowerCase() === written.toLowerCase();
        return `unknown cmdlet '${written}'${isSame ? "" : `; did you mean '${near}'?`}`;
    }

    private nearestTo(written: string): string | undefined {
        const name = currentName(written);
        if (!this.nearest.has(name) && this.nearest.size < MAX_SEARCHED) this.nearest.set(name, nearestCmdlet(name));
        return this.nearest.get(name);
    }
}
