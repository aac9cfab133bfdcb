import { roleMayAllow } from "../../access/roles.ts";
import { parseScope } from "../../access/scope.ts";
import type { AzureGrantSubject } from "../adapter/subject-grants.ts";
import { isKnown } from "../adapter/value.ts";
import { byWidth, CEILING, isAbove, placeWords } from "../ceiling.ts";
import { isListed } from "../pattern.ts";
import { rule } from "../rule.ts";

/** Operations on data by which a role on many accounts opens all that they keep. */
const OPENS_DATA = [
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    "Microsoft.KeyVault/vaults/keys/decrypt/action",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
];

const opensData = ({ definition }: Pick<AzureGrantSubject, "definition">): boolean =>
    isKnown(definition) && OPENS_DATA.some(action => roleMayAllow(definition, action, "dataAction"));

export const azureScopeTooWide = rule({
    name: "azure-scope-too-wide",
    description: "A role is assigned on no wider scope than the ceiling.",
    severity: "high",
    controls: { mcsb: "PA-7" },
    remediationSteps: "Assign the role on the resource or resource group that is worked on, once for each.",
    judges: "azure-grant",
    needs: ["scope"],
    options: {
        ceiling: CEILING,
        dataCeiling: {
            ...CEILING,
            default: "managementGroup",
            description:
                "The widest kind of scope that is taken for roles that read secrets, use keys or write blobs, where it is narrower than the ceiling.",
        },
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Scopes above the ceiling that roles may be assigned on, by their whole id or a pattern of it.",
        },
    },
    prepare: ({ allowed }) => allowed.forEach(scope => parseScope(scope.replaceAll("*", "any"))),
    check: ({ scope, role, definition }, { ceiling, dataCeiling, allowed }) => {
        const limits = opensData({ definition }) ? [dataCeiling, ceiling] : [ceiling];
        const [passed] = limits.filter(each => isAbove(scope, each)).toSorted(byWidth);
        if (passed === undefined || isListed(allowed, scope.id)) return [];
        const named = typeof role === "string" ? `role '${role}'` : "a role";
        return [`${named} is assigned on ${placeWords(scope)}; expected ${passed} or narrower`];
    },
});
