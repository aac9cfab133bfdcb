import assert from "node:assert/strict";
import { secret } from "@pulumi/pulumi";
import { AutomationAccount, Runbook } from "../components/index.ts";
import { LOADER } from "../components/runbook-content/loader.ts";
import { type Asked, listed, ofType, record, UNKNOWN } from "./setup/mock-engine.ts";

const SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";

const inputsOf = (asked: readonly Asked[]): readonly Asked["inputs"][] => asked.map(({ inputs }) => inputs);

describe("AutomationAccount", () => {
    it("makes an account without local sign-in, a runtime environment and its packages, and nothing else", async () => {
        const made = await record(
            () =>
                new AutomationAccount("nightly", {
                    resourceGroupName: "rg",
                    accountName: "aa-nightly",
                    location: "westeurope",
                    tags: { a: "b" },
                }),
        );
        assert.deepEqual(made.asked, [
            { type: "leastwise:index:AutomationAccount", name: "nightly", inputs: {} },
            {
                type: "azure-native:automation:AutomationAccount",
                name: "nightly-account",
                inputs: {
                    resourceGroupName: "rg",
                    automationAccountName: "aa-nightly",
                    location: "westeurope",
                    tags: { a: "b" },
                    identity: { type: "SystemAssigned" },
                    sku: { name: "Basic" },
                    disableLocalAuth: true,
                    publicNetworkAccess: false,
                },
            },
            {
                type: "azure-native:automation:RuntimeEnvironment",
                name: "nightly-runtime",
                inputs: {
                    resourceGroupName: "rg",
                    automationAccountName: "aa-nightly",
                    runtimeEnvironmentName: "PowerShell-74",
                    location: "westeurope",
                    tags: { a: "b" },
                    description: "PowerShell with pinned modules.",
                    language: "PowerShell",
                    version: "7.4",
                },
            },
            {
                type: "azure-native:automation:Package",
                name: "nightly-package-Az.Accounts",
                inputs: {
                    resourceGroupName: "rg",
                    automationAccountName: "aa-nightly",
                    runtimeEnvironmentName: "PowerShell-74",
                    packageName: "Az.Accounts",
                    contentLink: {
                        uri: "https://www.powershellgallery.com/api/v2/package/Az.Accounts/5.3.0",
                        version: "5.3.0",
                    },
                },
            },
        ]);
    });

    it("installs a module after the one that it builds on, in whatever order they are given", async () => {
        const packages = { "Az.Compute": "11.7.0", "Microsoft.Graph.Users": "2.32.0", "Az.Accounts": "5.5.1" };
        const made = await record(
            () =>
                new AutomationAccount("nightly", {
                    resourceGroupName: "rg",
                    accountName: "aa-nightly",
                    runtime: { packages },
                }),
        );
        assert.deepEqual(
            ofType(made, "Package").map(({ name }) => name.replace("nightly-package-", "")),
            ["Az.Accounts", "Microsoft.Graph.Users", "Az.Compute"],
        );
        assert.equal(made.atOnce["azure-native:automation:Package"], 2, "all but what waits for its base");
    });

    it("keeps variables as JSON, and encrypts those that are to be", async () => {
        const variables = { Host: { value: "mail" }, Password: { value: secret('hu"sh'), encrypted: true } };
        const made = await record(
            () => new AutomationAccount("nightly", { resourceGroupName: "rg", accountName: "aa-nightly", variables }),
        );
        const about = ({ name, isEncrypted, value }: Asked["inputs"]) => [
            name,
            isEncrypted,
            JSON.stringify(value).includes("hu") ? "held" : value,
        ];
        assert.deepEqual(inputsOf(ofType(made, "Variable")).map(about), [
            ["Host", false, '"mail"'],
            ["Password", true, "held"],
        ]);
    });

    it("takes an existing account as it is, and adds its runtime environment", async () => {
        const existingId =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Automation/automationAccounts/aa-old";
        const made = await record(
            () => new AutomationAccount("nightly", { resourceGroupName: "rg", accountName: "aa-old", existingId }),
        );
        assert.deepEqual(inputsOf(ofType(made, "AutomationAccount")).slice(1), [{}]);
        assert.equal(listed(made).length, 4);
    });

    it("depends at preview on a new account for its name, so that all of it moves when the account does", async () => {
        const made = await record(
            () => new AutomationAccount("nightly", { resourceGroupName: "rg", accountName: "aa-nightly" }),
            { preview: true },
        );
        const [inputs = {}] = inputsOf(ofType(made, "RuntimeEnvironment"));
        assert.deepEqual(
            Object.keys(inputs).filter(key => inputs[key] === UNKNOWN),
            ["automationAccountName"],
        );
    });
});

const runbook = (more: Partial<ConstructorParameters<typeof Runbook>[1]> = {}) =>
    new Runbook("report", {
        resourceGroupName: "rg",
        automationAccountName: "aa-nightly",
        runtimeEnvironment: "PowerShell-74",
        subscription: SUBSCRIPTION,
        content: "Write-Output 1",
        ...more,
    });

const run = { schedule: "weekdays at 06:00 Europe/Zurich", parameters: { ResourceGroupName: "rg-Lab" } };
const SLUG = "06-00-europe-zurich-weekdays";

describe("Runbook", () => {
    it("makes a shell, its content, a schedule and their link, and nothing else", async () => {
        const made = await record(() => runbook({ runs: [run] }));
        const [content] = ofType(made, "RunbookContent");
        const [schedule] = ofType(made, "Schedule");
        const [link] = ofType(made, "JobSchedule");
        assert.deepEqual(listed(made), [
            `azure-native:automation:JobSchedule report-link-${SLUG}`,
            "azure-native:automation:Runbook report-runbook",
            `azure-native:automation:Schedule report-schedule-${SLUG}`,
            "leastwise:index:Runbook report",
            "pulumi-nodejs:dynamic/leastwise:RunbookContent report-content",
        ]);
        assert.deepEqual(inputsOf(ofType(made, "Runbook")), [
            {},
            {
                resourceGroupName: "rg",
                automationAccountName: "aa-nightly",
                runbookName: "report",
                runbookType: "PowerShell",
                runtimeEnvironment: "PowerShell-74",
                draft: {},
                logProgress: false,
                logVerbose: false,
            },
        ]);
        assert.deepEqual(content?.inputs, {
            runbookId: "/id/of/report-runbook",
            content: "Write-Output 1",
            __provider: LOADER,
        });
        const { startTime, ...timed } = schedule?.inputs ?? {};
        assert.deepEqual(timed, {
            resourceGroupName: "rg",
            automationAccountName: "aa-nightly",
            scheduleName: `report-${SLUG}`,
            name: `report-${SLUG}`,
            description: "06:00 Europe/Zurich, weekdays",
            frequency: "Week",
            interval: 1,
            advancedSchedule: { weekDays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] },
            timeZone: "Europe/Zurich",
        });
        assert.ok(Date.parse(String(startTime)) > Date.now() + 5 * 60_000);
        const { jobScheduleId, ...linked } = link?.inputs ?? {};
        assert.deepEqual(linked, {
            resourceGroupName: "rg",
            automationAccountName: "aa-nightly",
            runbook: { name: "report" },
            schedule: { name: `report-${SLUG}` },
            parameters: { resourcegroupname: "rg-Lab" },
        });
        assert.match(String(jobScheduleId), /^[0-9a-f-]{36}$/);
    });

    it("gives its link another id whenever Azure may have dropped it, and the same id otherwise", async () => {
        const id = async (more: object) =>
            ofType(await record(() => runbook({ runs: [run], ...more })), "JobSchedule")[0]?.inputs["jobScheduleId"];
        const usual = await id({});
        assert.equal(await id({}), usual);
        for (const change of [{ content: "Write-Output 2" }, { description: "Reports" }, { tags: { a: "b" } }]) {
            assert.notEqual(await id(change), usual, JSON.stringify(change));
        }
    });

    it("is named as the same schedule however that is written", async () => {
        const names = async (schedule: string) => listed(await record(() => runbook({ runs: [{ schedule }] })));
        assert.deepEqual(await names("06:00 Europe/Zurich, weekdays"), await names("weekdays 06:00 europe/zurich"));
    });

    it("shows its text at preview, before the runbook exists", async () => {
        const made = await record(() => runbook(), { preview: true });
        assert.deepEqual(inputsOf(ofType(made, "RunbookContent")), [
            { runbookId: UNKNOWN, content: "Write-Output 1", __provider: LOADER },
        ]);
    });

    it("keeps no code in state but the few lines that find the provider", () => {
        assert.ok(LOADER.length < 1_500, String(LOADER.length));
    });
});
