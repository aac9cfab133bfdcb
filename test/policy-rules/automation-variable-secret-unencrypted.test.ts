import { automationVariableSecretUnencrypted } from "../../policy-pack/rules/automation-variable-secret-unencrypted.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const variable = (variableName: string, more: Declared["props"] = {}): Declared => ({
    type: "azure-native:automation:Variable",
    name: "variable",
    props: { variableName, ...more },
});
const KEY = `"${"k3Y+".repeat(21)}k3=="`;

testRule(automationVariableSecretUnencrypted, [
    {
        fact: "takes plain settings",
        stack: [variable("Region", { value: '"westeurope"' }), variable("TokenizerModel".slice(5), { value: "1" })],
    },
    {
        fact: "takes what is said about a secret",
        stack: ["GraphSecretName", "TokenEndpoint", "CredentialId", "PasswordExpiryDays"].map(name => variable(name)),
    },
    {
        fact: "finds a secret within what is said about one",
        stack: [variable("ClientSecretUri", { value: '"https://a.b/c?sig=abcdefghijklmnopqrstuvwxyz%3D"' })],
        finds: ["variable: variable 'ClientSecretUri' holds what looks like a secret and is not encrypted"],
    },
    {
        fact: "takes a secret that is encrypted",
        stack: [variable("ApiPassword", { isEncrypted: true, value: UNKNOWN })],
    },
    {
        fact: "finds a secret by its name",
        stack: [variable("ApiPassword", { isEncrypted: false })],
        finds: ["variable: variable 'ApiPassword' is named as a secret and not encrypted"],
    },
    {
        fact: "finds a secret by its value",
        stack: [
            variable("A", { value: '"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc=="' }),
            variable("B", { value: KEY }),
            variable("C", { value: '"https://a.blob.core.windows.net/b?sv=1&sig=abcdefghijklmnopqrstuvwxyz%3D"' }),
        ],
        finds: ["A", "B", "C"].map(
            name => `variable: variable '${name}' holds what looks like a secret and is not encrypted`,
        ),
    },
    { fact: "takes a variable that is allowed", stack: [variable("Token")], config: { allowed: ["Token"] } },
    {
        fact: "takes a variable that is allowed, by a pattern",
        stack: [variable("Token")],
        config: { allowed: ["To*"] },
    },
    {
        fact: "finds a secret in classic azure",
        stack: [
            {
                type: "azure:automation/stringVariable:StringVariable",
                name: "variable",
                props: { name: "Secret", encrypted: false },
            },
            {
                type: "azure:automation/objectVariable:ObjectVariable",
                name: "variable",
                props: { name: "Settings", value: '{"db":"Server=s;Password=hunter2"}' },
            },
        ],
        finds: [
            "variable: variable 'Secret' is named as a secret and not encrypted",
            "variable: variable 'Settings' holds what looks like a secret and is not encrypted",
        ],
    },
    {
        fact: "finds a part of an object that is named as a secret, at any depth",
        stack: [
            variable("Settings", { value: '{"api":{"url":"https://a","password":"hunter2"}}' }),
            variable("List", { value: '[{"clientSecret":"x"}]' }),
        ],
        finds: [
            "variable: variable 'Settings' holds 'api.password', which is named as a secret, and is not encrypted",
            "variable: variable 'List' holds '0.clientSecret', which is named as a secret, and is not encrypted",
        ],
    },
    {
        fact: "takes an object whose parts tell where a secret is, or hold none",
        stack: [
            variable("Settings", { value: '{"secretName":"db","passwordLength":20,"token":"","tokens":{"max":4}}' }),
        ],
    },
    {
        fact: "finds an encryption that is not known yet, in the preview alone",
        stack: [variable("ApiPassword", { isEncrypted: UNKNOWN })],
        finds: ["variable: cannot judge the encryption: 'isEncrypted' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
