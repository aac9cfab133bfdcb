import type { AccessDiff, RightChange } from "../access/diff.ts";
import { counted } from "./count.ts";

const kindOf = ({ before, after }: RightChange): string => (after ?? before)?.kind ?? "";

const isTaken = ({ change }: RightChange): boolean => change === "removed" || change === "narrowed";

const isGiven = ({ change }: RightChange): boolean => change === "added" || change === "widened" || change === "moved";

const inTokens = (change: RightChange): boolean => ["permission", "directory-role", "member"].includes(kindOf(change));

/**
 * What does not take effect at once. Tokens of managed identities are kept for up to 24 hours, and a change of role
 * assignments takes up to 10 minutes to be seen.
 * Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
 */
export const delaysOf = ({ rights, identities }: AccessDiff): string[] => {
    const taken = rights.filter(change => isTaken(change) && inTokens(change)).length;
    const given = rights.filter(change => isGiven(change) && inTokens(change)).length;
    const roles = rights.filter(change => kindOf(change) === "role" && change.change !== "unknown").length;
    const replaced = identities.filter(({ change }) => change === "replaced").length;
    return [
        ...(taken > 0
            ? [
                  `what is taken away (${counted(taken, "right")}) stays usable for up to 24 hours: a token that is out keeps what it was issued with`,
              ]
            : []),
        ...(given > 0
            ? [
                  `what is given (${counted(given, "right")}) may not be seen for up to 24 hours by a host that already has a token; a restart of the host is not always enough`,
              ]
            : []),
        ...(roles > 0 ? ["changes of Azure roles take up to 10 minutes to be seen"] : []),
        ...(replaced > 0
            ? [
                  `${counted(replaced, "identity")} replaced: until the rights are given again, what runs with it fails; role assignments of the old one that are not in this stack are left behind without a holder`,
              ]
            : []),
    ];
};
