import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack.ts";

new PolicyPack("leastwise", {
    displayName: "Leastwise",
    description: "Least privilege for Azure managed identities, judged on plain resources of any Pulumi program.",
    provider: "azure",
    enforcementLevel: "mandatory",
    policies: [...policies()],
});
