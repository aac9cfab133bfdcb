import { automationPublicNetwork } from "../../policy-pack/rules/automation-public-network.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const native = (props: Declared["props"]): Declared => ({
    type: "azure-native:automation/v20241023:AutomationAccount",
    name: "account",
    props,
});
const classic = (props: Declared["props"]): Declared => ({
    type: "azure:automation/account:Account",
    name: "account",
    props,
});
const FOUND =
    "account: the account is reached from public networks, webhooks and jobs of hybrid workers too; expected it off";

testRule(automationPublicNetwork, [
    {
        fact: "takes an account that is off public networks",
        stack: [native({ publicNetworkAccess: false }), classic({ publicNetworkAccessEnabled: false })],
    },
    {
        fact: "finds an account that is on them, and one that does not say",
        stack: [native({ publicNetworkAccess: true }), native({}), classic({})],
        finds: [FOUND, FOUND, FOUND],
    },
    {
        fact: "finds an account that does not tell yet, in the preview alone",
        stack: [native({ publicNetworkAccess: UNKNOWN })],
        finds: [
            "account: cannot judge the public network setting: 'publicNetworkAccess' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);
