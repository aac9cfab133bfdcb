import { rule } from "../rule.ts";

/** https://learn.microsoft.com/azure/automation/automation-runbook-types and the support ends of the languages themselves */
const RETIRED: ReadonlySet<string> = new Set(["powershell 7.1", "powershell 7.2", "python 2.7", "python 3.8"]);

/** A runtime without its patch: `PowerShell 7.2` of `PowerShell 7.2.24`. */
const minor = (runtime: string): string => runtime.split(".").slice(0, 2).join(".");

export const automationRuntimeRetired = rule({
    name: "automation-runtime-retired",
    description: "Runbooks run on a version of their language that still gets fixes.",
    severity: "medium",
    controls: { mcsb: "PV-6" },
    remediationSteps: "Use a runtime environment of PowerShell 7.4 or Python 3.10, and name it in the runbook.",
    judges: "automation-runtime",
    needs: ["runtime"],
    options: {},
    check: ({ runtime }) =>
        RETIRED.has(minor(runtime).toLowerCase())
            ? [`${runtime} gets no more fixes; expected PowerShell 7.4 or Python 3.10`]
            : [],
});
