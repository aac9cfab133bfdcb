import { rule } from "../rule.ts";

export const graphFirstPartyServicePrincipalOwned = rule({
    name: "graph-first-party-service-principal-owned",
    description: "No stack owns the service principal of one of Microsoft's own applications.",
    severity: "critical",
    controls: { mcsb: "IM-1" },
    remediationSteps:
        "Look the service principal up with azuread.getServicePrincipal. Take the one in the state out of it with 'pulumi state delete', so that no destroy reaches it.",
    judges: "service-principal",
    needs: ["firstParty"],
    options: {},
    check: ({ firstParty }) =>
        firstParty === undefined
            ? []
            : [
                  `the service principal of ${firstParty} is a resource of this stack, so 'destroy' deletes it for the whole tenant; expected a look-up`,
              ],
});
