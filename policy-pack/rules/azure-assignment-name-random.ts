import { isGuid } from "../../access/guid.ts";
import type { NameOrigin } from "../adapter/assignment-name.ts";
import { isKnown } from "../adapter/value.ts";
import { rule } from "../rule.ts";

/**
 * A GUID that says it is worked out from something: version 3, 5 or 8. azure-native makes up 32 random digits.
 * Source: https://www.rfc-editor.org/rfc/rfc9562#section-4.2
 */
const DERIVED = /^[0-9a-f]{8}-[0-9a-f]{4}-[358][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const WORDS: Readonly<Record<Exclude<NameOrigin, "program">, string>> = {
    provider: "is left to the provider, which makes up another whenever it replaces the assignment",
    random: "comes from a resource of random values",
};

export const azureAssignmentNameRandom = rule({
    name: "azure-assignment-name-random",
    description: "The name of a role assignment follows from scope, principal and role.",
    severity: "low",
    controls: { mcsb: "PA-7" },
    remediationSteps:
        "Set roleAssignmentName to a GUID of version 5 over scope, principal and role, and deleteBeforeReplace with replaceOnChanges for the three.",
    judges: "azure-grant",
    needs: [],
    options: {},
    check: ({ nameOrigin, assignmentName, waitsForPrincipal }) => {
        const expected = "expected a GUID that follows from scope, principal and role";
        if (nameOrigin !== "program") return [`its name ${WORDS[nameOrigin]}; ${expected}`];
        if (!isKnown(assignmentName) || assignmentName === undefined) return [];
        if (!isGuid(assignmentName)) return [`its name is '${assignmentName}', which Azure refuses; ${expected}`];
        const isMadeUp = !waitsForPrincipal && !DERIVED.test(assignmentName);
        return isMadeUp ? [`its name is a GUID as chance makes it, not of version 3, 5 or 8; ${expected}`] : [];
    },
});
