import { PolicyPack } from "@pulumi/policy";
import { ACCESS_FILE } from "./access-file.ts";
import { judgingTogether } from "./judging-together.ts";
import { nodeFault } from "./node-version.ts";
import { checkingItself, UnseenConfiguration } from "./own-configuration.ts";
import { Pack } from "./pack.ts";
import readme from "./README.md";
import { onConfiguration } from "./sdk/configuration.ts";
import { declareForStacks } from "./sdk/policy-type.ts";
import { onStack } from "./sdk/previews.ts";
import { leaveUnread, readEachResourceOnce } from "./sdk/reading.ts";
import { takesReportsForOthers } from "./sdk/reports.ts";

const fault = nodeFault(process.version);
if (fault !== undefined) {
    console.error(`leastwise: ${fault}`);
    process.exit(1);
}

const accessFile = process.env[ACCESS_FILE];
const pack = new Pack({ accessFile });
readEachResourceOnce();
declareForStacks();
onStack(preview => pack.begin(preview));
onConfiguration(given => pack.configure(given));
leaveUnread(() => pack.mends);
const unseen = new UnseenConfiguration(accessFile);
const apart = pack.policies.map(policy => checkingItself(policy, () => pack.configured, unseen));

new PolicyPack("leastwise", {
    displayName: "Leastwise",
    description: "Least privilege for Azure managed identities, judged on plain resources of any Pulumi program.",
    readme,
    provider: "azure",
    tags: ["azure", "entra-id", "managed-identity", "least-privilege"],
    enforcementLevel: "mandatory",
    policies: takesReportsForOthers() ? [...judgingTogether(apart, pack)] : apart,
});
