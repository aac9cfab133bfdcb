import type { CredentialSort } from "../adapter/subject-identity.ts";
import { isKnown } from "../adapter/value.ts";
import { rule } from "../rule.ts";

const INSTEAD: Readonly<Record<CredentialSort, string>> = {
    application: "a managed identity or a federated credential",
    automation: "a managed identity or a federated credential",
    key: "the app's identity with a role on the account",
    database: "Entra authentication alone",
    registry: "an identity with the role AcrPull",
    machine: "keys of SSH, or sign-in with Entra",
    generated: "an identity, or a reference to a key vault",
    setting: "settings that are known",
};

const SORTS = Object.keys(INSTEAD);

export const storedCredential = rule({
    name: "stored-credential",
    description: "No workload signs in with a secret that is kept somewhere.",
    severity: "high",
    controls: { mcsb: "IM-3" },
    remediationSteps:
        "Sign in as a managed identity, or from outside of Azure with a federated credential, and delete the secret.",
    judges: "credential",
    needs: [],
    options: {
        taken: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Sorts of credentials that are taken: 'application', 'automation', 'key' of an account, 'database', 'registry' or 'machine' password, what is 'generated' for the settings of an app, 'setting' that is not known.",
        },
    },
    prepare: ({ taken }) => {
        const wrong = taken.find(sort => !SORTS.includes(sort));
        if (wrong !== undefined)
            throw new Error(`taken: '${wrong}' is no sort of credential; expected one of ${SORTS.join(", ")}`);
    },
    check: ({ what, sort }, { taken }) => {
        if (taken.includes(sort)) return [];
        if (!isKnown(what)) return [{ message: `cannot judge the credential: ${what.why}`, awaited: what.awaited }];
        return [`a ${what} is kept in this stack; expected ${INSTEAD[sort]}`];
    },
});
