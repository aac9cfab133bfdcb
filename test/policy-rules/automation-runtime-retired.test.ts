import { automationRuntimeRetired } from "../../policy-pack/rules/automation-runtime-retired.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const runbook = (props: Declared["props"], type = "azure-native:automation:Runbook"): Declared => ({
    type,
    name: "it",
    props,
});
const runtime = (language: string, version: unknown): Declared => ({
    type: "azure-native:automation:RuntimeEnvironment",
    name: "it",
    props: { language, version },
});
const found = (runtime: string): string => `it: ${runtime} gets no more fixes; expected PowerShell 7.4 or Python 3.10`;

testRule(automationRuntimeRetired, [
    {
        fact: "takes PowerShell 7.4, PowerShell 5.1 and Python 3.10",
        stack: [
            runtime("PowerShell", "7.4"),
            runbook({ runbookType: "PowerShell" }),
            runtime("Python", "3.10"),
            runbook({}),
        ],
    },
    {
        fact: "finds runtime environments of retired versions",
        stack: [runtime("PowerShell", 7.2), runtime("PowerShell", "7.2.24"), runtime("Python", "3.8")],
        finds: [found("PowerShell 7.2"), found("PowerShell 7.2.24"), found("Python 3.8")],
    },
    {
        fact: "finds runbooks of a type with a retired version",
        stack: [
            runbook({ runbookType: "PowerShell72" }),
            runbook({ runbookType: "PowerShell7" }),
            runbook({ runbookType: "Python2" }, "azure:automation/runBook:RunBook"),
        ],
        finds: [found("PowerShell 7.1"), found("PowerShell 7.2"), found("Python 2.7")],
    },
    {
        fact: "finds a runtime environment of a retired version in classic azure and azurerm",
        stack: [
            "azure:automation/runtimeEnvironment:RuntimeEnvironment",
            "azurerm:index/automationRuntimeEnvironment:AutomationRuntimeEnvironment",
        ].map(type => ({ type, name: "it", props: { runtimeLanguage: "PowerShell", runtimeVersion: "7.2" } })),
        finds: [found("PowerShell 7.2"), found("PowerShell 7.2")],
    },
    {
        fact: "finds a version that is not known yet, in the preview alone",
        stack: [runtime("PowerShell", UNKNOWN)],
        finds: ["it: cannot judge the runtime: 'version' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
