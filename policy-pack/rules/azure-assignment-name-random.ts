import type { NameOrigin } from "../adapter/assignment-name.ts";
import { isKnown } from "../adapter/value.ts";
import { rule } from "../rule.ts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What azure-native makes up, and generators of random GUIDs give: https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
const RANDOM_GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

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
        const isNative = !waitsForPrincipal;
        const expected = "expected a GUID that follows from scope, principal and role";
        if (nameOrigin !== "program") return [`its name ${WORDS[nameOrigin]}; ${expected}`];
        if (isKnown(assignmentName) && isNative && RANDOM_GUID.test(assignmentName ?? ""))
            return [`its name is a GUID of version 4, which is random; ${expected}`];
        return !isKnown(assignmentName) || assignmentName === undefined || GUID.test(assignmentName)
            ? []
            : [`its name is '${assignmentName}', which Azure refuses; ${expected}`];
    },
});
