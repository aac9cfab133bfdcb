import { KEYED_SERVICES } from "../adapter/local-sign-in-services.ts";
import { rule } from "../rule.ts";

const SERVICES = [...new Set(KEYED_SERVICES.map(({ what }) => what))].sort();

export const azureLocalAuthentication = rule({
    name: "azure-local-authentication",
    description: "A service that can sign its callers in with Entra takes no keys or accounts of its own.",
    severity: "medium",
    controls: { mcsb: "IM-1" },
    remediationSteps:
        "Assign the callers' identities a role on the data, then turn keys off with the setting that the finding names.",
    judges: "local-sign-in",
    needs: ["localAuthentication"],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Services that may take keys, as the finding names them: 'storage account'.",
        },
    },
    prepare: ({ allowed }) => {
        const wrong = allowed.find(each => !SERVICES.includes(each));
        if (wrong !== undefined)
            throw new Error(`allowed: '${wrong}' is no service; expected one of ${SERVICES.join(", ")}`);
    },
    check: ({ what, setting, localAuthentication }, { allowed }) =>
        localAuthentication && !allowed.includes(what)
            ? [`the ${what} takes keys or accounts of its own beside sign-ins of Entra; expected ${setting}`]
            : [],
});
