import { PolicyPack } from "@pulumi/policy";
import { ACCESS_FILE } from "./access-file.ts";
import { onConfiguration, readEachResourceOnce } from "./host.ts";
import { Pack } from "./pack.ts";
import readme from "./README.md";

const pack = new Pack({ accessFile: process.env[ACCESS_FILE] });
readEachResourceOnce(() => pack.remediates);
onConfiguration(given => pack.configure(given));

new PolicyPack("leastwise", {
    displayName: "Leastwise",
    description: "Least privilege for Azure managed identities, judged on plain resources of any Pulumi program.",
    readme,
    provider: "azure",
    tags: ["azure", "entra-id", "managed-identity", "least-privilege"],
    enforcementLevel: "mandatory",
    policies: [...pack.policies],
});
