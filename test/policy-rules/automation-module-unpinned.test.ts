import { automationModuleUnpinned } from "../../policy-pack/rules/automation-module-unpinned.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const GALLERY = "https://www.powershellgallery.com/api/v2/package/Az.Accounts";
const module = (type: string, props: Declared["props"]): Declared => ({ type, name: "module", props });
const pack = (contentLink: unknown): Declared =>
    module("azure-native:automation:Package", { packageName: "Az.Accounts", contentLink });
const FOUND = "module: module Az.Accounts names no version, so the newest is installed, whatever it does; expected one";

testRule(automationModuleUnpinned, [
    {
        fact: "takes a version, by itself or at the end of the address, and a hash",
        stack: [
            pack({ version: "5.1.0" }),
            pack({ uri: `${GALLERY}/5.1.0` }),
            pack({
                uri: "https://st.blob.core.windows.net/m/a.zip",
                contentHash: { algorithm: "sha256", value: "ab" },
            }),
            module("azure:automation/module:Module", { name: "Az.Accounts", moduleLink: { uri: `${GALLERY}/5.1.0` } }),
            module("azure-native:automation:Python3Package", {
                packageName: "requests",
                contentLink: { version: "2.32.0", uri: "https://files.pythonhosted.org/requests.whl" },
            }),
            module("azure:automation/python3Package:Python3Package", {
                name: "requests",
                contentUri: "https://files.pythonhosted.org/requests.whl",
                contentVersion: "2.32.0",
            }),
            module("azure:automation/python3Package:Python3Package", {
                name: "requests",
                contentUri: "https://files.pythonhosted.org/requests.whl",
                hashAlgorithm: "sha256",
                hashValue: "ab",
            }),
        ],
    },
    {
        fact: "finds an address without a version, of every type of module",
        stack: [
            pack({ uri: GALLERY }),
            module("azure-native:automation:Module", { moduleName: "Az.Accounts", contentLink: { uri: GALLERY } }),
            module("azure-native:automation:PowerShell72Module", {
                moduleName: "Az.Accounts",
                contentLink: { uri: GALLERY },
            }),
            module("azure:automation/powershell72Module:Powershell72Module", {
                name: "Az.Accounts",
                moduleLink: { uri: GALLERY },
            }),
            module("azurerm:index/automationModule:AutomationModule", {
                name: "Az.Accounts",
                moduleLink: [{ uri: GALLERY }],
            }),
            module("azure:automation/python3Package:Python3Package", { name: "Az.Accounts", contentUri: GALLERY }),
            module("azurerm:index/automationRuntimeEnvironmentPackage:AutomationRuntimeEnvironmentPackage", {
                name: "Az.Accounts",
                contentUri: GALLERY,
            }),
        ],
        finds: [FOUND, FOUND, FOUND, FOUND, FOUND, FOUND, FOUND],
    },
    {
        fact: "finds an address that is not known yet, in the preview alone",
        stack: [pack({ uri: UNKNOWN })],
        finds: ["module: cannot judge the module's version: 'contentLink.uri' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
