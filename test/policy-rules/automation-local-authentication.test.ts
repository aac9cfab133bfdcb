import { automationLocalAuthentication } from "../../policy-pack/rules/automation-local-authentication.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const NATIVE = "azure-native:automation/v20241023:AutomationAccount";
const CLASSIC = "azure:automation/account:Account";
const account = (type: string, props: Declared["props"]): Declared => ({ type, name: "account", props });
const ON = "account: local authentication is on, so account keys and webhooks sign in; expected it off";

testRule(automationLocalAuthentication, [
    {
        fact: "takes accounts that turn it off",
        stack: [account(NATIVE, { disableLocalAuth: true }), account(CLASSIC, { localAuthenticationEnabled: false })],
    },
    {
        fact: "finds accounts that leave it on, or say nothing",
        stack: [account(NATIVE, { disableLocalAuth: false }), account(NATIVE, {}), account(CLASSIC, {})],
        finds: [ON, ON, ON],
    },
    { fact: "takes accounts of other services", stack: [account("azure:storage/account:Account", {})] },
    {
        fact: "finds a setting that is not known yet, in the preview alone",
        stack: [account(NATIVE, { disableLocalAuth: UNKNOWN })],
        finds: [
            "account: cannot judge the local authentication setting: 'disableLocalAuth' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);
