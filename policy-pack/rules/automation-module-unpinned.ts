import { rule } from "../rule.ts";

export const automationModuleUnpinned = rule({
    name: "automation-module-unpinned",
    description: "A module of an Automation account is of one version.",
    severity: "medium",
    controls: { mcsb: "DS-2" },
    remediationSteps:
        "End the address of the content with a version, as https://www.powershellgallery.com/api/v2/package/Az.Accounts/5.1.0, or give a contentHash.",
    judges: "automation-module",
    needs: ["module", "version"],
    options: {},
    check: ({ module, version, hash }) =>
        version === undefined && hash === undefined
            ? [`module ${module} names no version, so the newest is installed, whatever it does; expected one`]
            : [],
});
