import { automationModuleIncompatible } from "../../policy-pack/rules/automation-module-incompatible.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const GALLERY = "https://www.powershellgallery.com/api/v2/package/Microsoft.Graph.Authentication";
const runtime = (version: string): Declared => ({
    type: "azure-native:automation:RuntimeEnvironment",
    name: "runtime",
    props: { language: "PowerShell", version },
});
const inRuntime = (version: string, contentLink: unknown): Declared => ({
    type: "azure-native:automation:Package",
    name: "module",
    props: { packageName: "Microsoft.Graph.Authentication", runtimeEnvironmentName: UNKNOWN, contentLink },
    links: { runtimeEnvironmentName: [runtime(version)] },
});
const module72 = (contentLink: unknown, moduleName = "Microsoft.Graph.Authentication"): Declared => ({
    type: "azure-native:automation:PowerShell72Module",
    name: "module",
    props: { moduleName, contentLink },
});
const found = (version: string): string =>
    `module: Microsoft.Graph.Authentication ${version} fails on PowerShell 7.2; expected before 2.26.0, or PowerShell 7.4`;

testRule(automationModuleIncompatible, [
    { fact: "takes it on PowerShell 7.4", stack: [inRuntime("7.4", { version: "2.30.0" })] },
    { fact: "takes a version before the break", stack: [module72({ uri: `${GALLERY}/2.25.0` })] },
    { fact: "takes other modules", stack: [module72({ uri: UNKNOWN }, "Az.Accounts")] },
    {
        fact: "finds it on PowerShell 7.2, by the version or the address of its content",
        stack: [module72({ version: "2.26.0" }), module72({ uri: `${GALLERY}/2.30.0` })],
        finds: [found("2.26.0"), found("2.30.0")],
    },
    {
        fact: "finds every module of Graph's, as each needs that one",
        stack: [module72({ version: "2.30.0" }, "microsoft.graph.users")],
        finds: [found("2.30.0").replace("Microsoft.Graph.Authentication", "microsoft.graph.users")],
    },
    {
        fact: "finds it in a runtime environment of PowerShell 7.2, where the stack links to that",
        stack: [inRuntime("7.2", { version: "2.30.0" })],
        finds: [found("2.30.0")],
        findsOnResource: [],
    },
    {
        fact: "finds it in a runtime environment of classic azure",
        stack: [
            {
                type: "azure:automation/runtimeEnvironmentPackage:RuntimeEnvironmentPackage",
                name: "module",
                props: {
                    name: "Microsoft.Graph.Authentication",
                    automationRuntimeEnvironmentId: UNKNOWN,
                    contentUri: GALLERY,
                    contentVersion: "2.30.0",
                },
                links: {
                    automationRuntimeEnvironmentId: [
                        {
                            type: "azure:automation/runtimeEnvironment:RuntimeEnvironment",
                            name: "runtime",
                            props: { runtimeLanguage: "PowerShell", runtimeVersion: "7.2" },
                        },
                    ],
                },
            },
        ],
        finds: [found("2.30.0")],
        findsOnResource: [],
    },
    {
        fact: "finds it without a version, or with one that is not known yet",
        stack: [module72({ uri: `${GALLERY}` }), module72(UNKNOWN)],
        finds: Array.from(
            { length: 2 },
            () =>
                "module: Microsoft.Graph.Authentication names no version here; 2.26.0 and later fail on PowerShell 7.2",
        ),
    },
    {
        fact: "finds a module whose name is not known yet, in the preview alone",
        stack: [module72({ version: "2.30.0" }, UNKNOWN)],
        finds: ["module: cannot judge the module: 'moduleName' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds it in a runtime environment whose version is not known yet",
        stack: [inRuntime(UNKNOWN, { version: "2.30.0" })],
        finds: [
            "module: cannot judge the runtime of Microsoft.Graph.Authentication: 'version' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);
