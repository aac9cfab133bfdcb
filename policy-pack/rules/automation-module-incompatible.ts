import { coerce, gte } from "semver";
import { isKnown } from "../adapter/value.ts";
import { rule } from "../rule.ts";

/** Modules that fail to load on a runtime from some version on; each of Graph's needs its Authentication of the same one. */
const BROKEN: readonly { readonly module: RegExp; readonly from: string; readonly runtime: string }[] = [
    // https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/3151
    { module: /^microsoft\.graph(?:\.|$)/i, from: "2.26.0", runtime: "PowerShell 7.2" },
];

export const automationModuleIncompatible = rule({
    name: "automation-module-incompatible",
    description: "A module works on the runtime that it is installed in.",
    severity: "medium",
    controls: { mcsb: "PV-6" },
    remediationSteps:
        "Install the module in a runtime environment of PowerShell 7.4, or pin a version before the break.",
    judges: "automation-module",
    needs: ["module"],
    options: {},
    check: ({ module, version, runtime }) => {
        const broken = BROKEN.find(each => each.module.test(module));
        if (broken === undefined) return [];
        if (!isKnown(runtime)) return [`cannot judge the runtime of ${module}: ${runtime.why}`];
        if (runtime?.toLowerCase() !== broken.runtime.toLowerCase()) return [];
        const release = typeof version === "string" ? coerce(version) : null;
        if (release === null)
            return [`${module} names no version here; ${broken.from} and later fail on ${broken.runtime}`];
        return gte(release, broken.from)
            ? [
                  `${module} ${release.version} fails on ${broken.runtime}; expected before ${broken.from}, or PowerShell 7.4`,
              ]
            : [];
    },
});
