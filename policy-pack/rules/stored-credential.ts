import { rule } from "../rule.ts";

export const storedCredential = rule({
    name: "stored-credential",
    description: "No workload signs in with a secret that is kept somewhere.",
    severity: "high",
    controls: { mcsb: "IM-3" },
    remediationSteps:
        "Sign in as a managed identity, or from outside of Azure with a federated credential, and delete the secret.",
    judges: "credential",
    needs: ["what"],
    options: {},
    check: ({ what }) => [`a ${what} is kept in this stack; expected a managed identity or a federated credential`],
});
