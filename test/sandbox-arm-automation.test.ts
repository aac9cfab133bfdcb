import assert from "node:assert/strict";
import { AutomationClient } from "@azure/arm-automation";
import type { Sandbox } from "../sandbox/server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { armOf, clientOf, makeGroup, refused, refusedByAutomation } from "./sandbox-arm-support.ts";
import type { Arm } from "./sandbox-arm-support.ts";
import { trust, withSandbox } from "./sandbox-support.ts";

const SCRIPT = `<# param($No) #>
param(
    [Parameter(Mandatory = $true)]
    [string] $GroupName,   # which group
    [int] $Days = (1 + 2),
    [string[]] $Names = @("a,b", 'c)')
)
"done"
`;

const NOON = Date.parse("2026-11-24T12:00:30Z");

describe("sandbox Automation", () => {
    let sandbox: Sandbox;
    let arm: Arm;
    let account: string;
    let counter = 0;

    const guid = (): string => `a0a0a0a0-0000-4000-8000-${String(++counter).padStart(12, "0")}`;
    const runbook = (name: string): string => `${account}/runbooks/${name}`;
    const makeRunbook = async (name: string, properties: Record<string, unknown> = {}) =>
        arm("PUT", runbook(name), {
            location: "westeurope",
            properties: { runbookType: "PowerShell", draft: {}, ...properties },
        });
    const upload = (name: string, text: string) => arm("PUT", `${runbook(name)}/draft/content`, undefined, { text });
    const stateOf = async (name: string): Promise<string> => (await arm("GET", runbook(name))).body.properties.state;
    const publish = async (name: string, text = SCRIPT): Promise<void> => {
        assert.equal((await upload(name, text)).status, 202);
        assert.equal((await arm("POST", `${runbook(name)}/publish`)).status, 202);
    };
    const makeSchedule = (name: string, properties: Record<string, unknown> = {}) =>
        arm("PUT", `${account}/schedules/${name}`, {
            properties: { startTime: "2026-11-25T06:00:00+00:00", frequency: "Day", interval: 1, ...properties },
        });
    const link = (name: string, runbookName: string, scheduleName: string, parameters = {}) =>
        arm("PUT", `${account}/jobSchedules/${name}`, {
            properties: { runbook: { name: runbookName }, schedule: { name: scheduleName }, parameters },
        });

    before(async () => {
        sandbox = await startSandbox({ now: () => NOON });
        trust(sandbox);
        arm = armOf(sandbox);
        account = `${await makeGroup(sandbox)}/providers/Microsoft.Automation/automationAccounts/aa-tests`;
        assert.equal((await arm("PUT", account, { location: "westeurope" })).status, 201);
    });
    after(() => sandbox.close());

    describe("accounts", () => {
        it("have a name of 6 to 50 characters and a known sku", async () => {
            const put = (name: string, properties = {}) =>
                arm("PUT", account.replace("aa-tests", name), { location: "westeurope", properties });
            await refusedByAutomation(put("aa"), 400, "BadRequest", /account name 'aa' is not valid; expected 6 to 50/);
            await refused(
                put("aa-gold", { sku: { name: "Gold" } }),
                400,
                "BadRequest",
                /'Gold' is not valid; expected one of Basic, Free/,
            );
        });
    });

    describe("runtime environments", () => {
        const environment = (name: string): string => `${account}/runtimeEnvironments/${name}`;
        const body = { location: "westeurope", properties: { runtime: { language: "PowerShell", version: "7.4" } } };

        it("keep their runtime and exist for new versions of the API alone", async () => {
            const { status, body: made } = await arm("PUT", environment("ps74"), body);
            assert.deepEqual([status, made.properties.runtime], [201, body.properties.runtime]);
            await refused(
                arm("GET", environment("ps74"), undefined, { version: "2023-11-01" }),
                404,
                "InvalidResourceType",
                /for api version '2023-11-01'/,
            );
            const other = { properties: { runtime: { language: "PowerShell", version: "7.2" } } };
            await refusedByAutomation(arm("PUT", environment("ps74"), other), 400, "BadRequest", /cannot be changed/);
            const unknown = { properties: { runtime: { language: "PowerShell", version: "9.0" } } };
            await refusedByAutomation(
                arm("PUT", environment("ps9"), unknown),
                400,
                "BadRequest",
                /'PowerShell 9.0' is not supported/,
            );
        });

        it("hold packages with the version their link names", async () => {
            await arm("PUT", environment("ps-packages"), body);
            const id = `${environment("ps-packages")}/packages/Az.Accounts`;
            const uri = "https://www.powershellgallery.com/api/v2/package/Az.Accounts/5.1.0";
            const { status, body: made } = await arm("PUT", id, { properties: { contentLink: { uri } } });
            assert.deepEqual(
                [status, made.properties.version, made.properties.provisioningState],
                [201, "5.1.0", "Succeeded"],
            );
            await refusedByAutomation(
                arm("PUT", id, { properties: { contentLink: {} } }),
                400,
                "BadRequest",
                /content link '' of 'Az.Accounts' is not valid/,
            );
            const { body: listed } = await arm("GET", `${environment("ps-packages")}/packages`);
            assert.deepEqual(
                listed.value.map((one: { name: string }) => one.name),
                ["Az.Accounts"],
            );
        });

        it("of a runbook must exist, and older versions of the API do not know of them", async () => {
            await arm("PUT", environment("ps-runbook"), body);
            await refusedByAutomation(
                makeRunbook("rb-no-env", { runtimeEnvironment: "none" }),
                400,
                "BadRequest",
                /'none' does not exist/,
            );
            const made = await makeRunbook("rb-env", { runtimeEnvironment: "ps-runbook" });
            assert.equal(made.body.properties.runtimeEnvironment, "ps-runbook");
            const old = await arm("GET", runbook("rb-env"), undefined, { version: "2023-11-01" });
            assert.equal("runtimeEnvironment" in old.body.properties, false);
            const ignored = {
                location: "westeurope",
                properties: { runbookType: "PowerShell", runtimeEnvironment: "none" },
            };
            assert.equal((await arm("PUT", runbook("rb-env-old"), ignored, { version: "2023-11-01" })).status, 201);
            assert.equal((await arm("GET", runbook("rb-env-old"))).body.properties.runtimeEnvironment, null);
            assert.equal((await makeRunbook("rb-system", { runtimeEnvironment: "PowerShell-7.2" })).status, 201);
        });
    });

    describe("modules", () => {
        it("of an account are loaded from a link, for PowerShell 5.1 and 7.2", async () => {
            for (const type of ["modules", "powerShell72Modules"]) {
                const contentLink = { uri: "https://www.powershellgallery.com/api/v2/package/Az.Compute/10.0.1" };
                const { status, body } = await arm(
                    "PUT",
                    `${account}/${type}/Az.Compute`,
                    { properties: { contentLink } },
                    { version: "2023-11-01" },
                );
                assert.deepEqual([status, body.properties.version], [201, "10.0.1"]);
            }
        });
    });

    describe("runbooks", () => {
        it("are New, then Published, then in Edit while a newer draft waits", async () => {
            await makeRunbook("rb-states");
            assert.equal(await stateOf("rb-states"), "New");
            await upload("rb-states", "'one'");
            assert.equal(await stateOf("rb-states"), "New");
            await arm("POST", `${runbook("rb-states")}/publish`);
            assert.equal(await stateOf("rb-states"), "Published");
            await upload("rb-states", "'two'");
            assert.equal(await stateOf("rb-states"), "Edit");
            assert.equal((await arm("GET", `${runbook("rb-states")}/content`)).body, "'one'");
            assert.equal((await arm("GET", `${runbook("rb-states")}/draft/content`)).body, "'two'");
            assert.equal((await arm("GET", `${runbook("rb-states")}/draft`)).body.inEdit, true);
            assert.equal((await arm("POST", `${runbook("rb-states")}/draft/undoEdit`)).status, 200);
            assert.equal(await stateOf("rb-states"), "Published");
            await refusedByAutomation(
                arm("GET", `${runbook("rb-states")}/draft/content`),
                404,
                "NotFound",
                /no draft content/,
            );
            await refusedByAutomation(
                arm("POST", `${runbook("rb-states")}/draft/undoEdit`),
                400,
                "BadRequest",
                /no published version/,
            );
        });

        it("return their text byte by byte", async () => {
            await makeRunbook("rb-bytes");
            const text = "\uFEFF# Zürich – 東京\r\n'x'\n\n";
            await publish("rb-bytes", text);
            const headers = { authorization: `Bearer ${await sandbox.token()}` };
            const response = await fetch(`${sandbox.url}${runbook("rb-bytes")}/content?api-version=2024-10-23`, {
                headers,
            });
            assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(text));
        });

        it("cannot be published empty", async () => {
            await makeRunbook("rb-empty");
            await refusedByAutomation(
                arm("POST", `${runbook("rb-empty")}/publish`),
                400,
                "BadRequest",
                /no draft content to publish/,
            );
        });

        it("show the parameters of the published text", async () => {
            await makeRunbook("rb-parameters");
            await publish("rb-parameters");
            const { parameters } = (await arm("GET", runbook("rb-parameters"))).body.properties;
            assert.deepEqual(parameters, {
                GroupName: { type: "string", isMandatory: true, position: 0, defaultValue: null },
                Days: { type: "int", isMandatory: false, position: 1, defaultValue: "(1 + 2)" },
                Names: { type: "string[]", isMandatory: false, position: 2, defaultValue: "@(\"a,b\", 'c)')" },
            });
        });

        it("keep their type and follow the name rule", async () => {
            await refusedByAutomation(makeRunbook("1st"), 400, "BadRequest", /runbook name '1st' is not valid/);
            await refusedByAutomation(
                makeRunbook("rb-bash", { runbookType: "Bash" }),
                400,
                "BadRequest",
                /'Bash' is not valid; expected one of/,
            );
            await makeRunbook("rb-typed");
            await refusedByAutomation(
                makeRunbook("rb-typed", { runbookType: "Python3" }),
                400,
                "BadRequest",
                /cannot be changed/,
            );
        });

        it("keep their text over a PUT and lose their job schedules by it", async () => {
            await makeRunbook("rb-put");
            await publish("rb-put");
            await makeSchedule("daily-put");
            const id = guid();
            assert.equal((await link(id, "rb-put", "daily-put")).status, 201);
            await makeRunbook("rb-put", { description: "changed" });
            assert.equal(await stateOf("rb-put"), "Published");
            assert.equal((await arm("GET", `${runbook("rb-put")}/content`)).body, SCRIPT);
            await refused(arm("GET", `${account}/jobSchedules/${id}`), 404, "ResourceNotFound");
            assert.equal((await link(id, "rb-put", "daily-put")).status, 201);
            await arm("PATCH", runbook("rb-put"), { properties: { description: "again" } });
            await publish("rb-put", "'new text'");
            assert.equal((await arm("GET", `${account}/jobSchedules/${id}`)).status, 200);
        });
    });

    describe("schedules", () => {
        it("start at least five minutes ahead, at each PUT", async () => {
            const early = /must be at least 5 minutes after the time you create the schedule/;
            await refusedByAutomation(
                makeSchedule("early", { startTime: "2026-11-24T12:04:59Z" }),
                400,
                "BadRequest",
                early,
            );
            assert.equal((await makeSchedule("early", { startTime: "2026-11-24T12:06:00Z" })).status, 201);
            await refusedByAutomation(
                makeSchedule("early", { startTime: "2026-11-23T06:00:00Z" }),
                400,
                "BadRequest",
                early,
            );
            await refusedByAutomation(
                makeSchedule("soon", { startTime: "soon" }),
                400,
                "BadRequest",
                /'soon' is not a date and time/,
            );
        });

        it("answer in their own zone, with seconds dropped", async () => {
            const { body } = await makeSchedule("zurich", {
                startTime: "2026-11-25T05:00:42Z",
                timeZone: "Europe/Zurich",
            });
            const { startTime, startTimeOffsetMinutes, nextRun, timeZone, expiryTime, isEnabled } = body.properties;
            assert.deepEqual(
                [startTime, nextRun, startTimeOffsetMinutes],
                ["2026-11-25T06:00:00+01:00", "2026-11-25T06:00:00+01:00", 60],
            );
            assert.deepEqual(
                [timeZone, expiryTime, isEnabled],
                ["Europe/Zurich", "9999-12-31T23:59:59.9999999+00:00", true],
            );
        });

        it("rewrite UTC and take Windows names", async () => {
            assert.equal((await makeSchedule("utc", { timeZone: "UTC" })).body.properties.timeZone, "Etc/UTC");
            assert.equal((await makeSchedule("none")).body.properties.timeZone, "Etc/UTC");
            const { properties } = (await makeSchedule("windows", { timeZone: "W. Europe Standard Time" })).body;
            assert.deepEqual(
                [properties.timeZone, properties.startTime],
                ["W. Europe Standard Time", "2026-11-25T07:00:00+01:00"],
            );
            await refusedByAutomation(
                makeSchedule("moon", { timeZone: "Moon/Tycho" }),
                400,
                "BadRequest",
                /'Moon\/Tycho' is not known/,
            );
        });

        it("of week days run first on the first of them", async () => {
            const advancedSchedule = { weekDays: ["Monday", "Friday"] };
            const { body } = await makeSchedule("week", { frequency: "Week", advancedSchedule });
            assert.equal(body.properties.nextRun, "2026-11-27T06:00:00+00:00");
            assert.deepEqual(body.properties.advancedSchedule.weekDays, ["Monday", "Friday"]);
            const wrong = makeSchedule("week-wrong", {
                frequency: "Week",
                advancedSchedule: { weekDays: ["Caturday"] },
            });
            await refusedByAutomation(wrong, 400, "BadRequest", /'Caturday' is not a week day/);
            await refusedByAutomation(
                makeSchedule("day-week", { advancedSchedule }),
                400,
                "BadRequest",
                /frequency Week/,
            );
        });

        it("need a frequency and, unless they run once, an interval", async () => {
            await refusedByAutomation(
                makeSchedule("f", { frequency: "Fortnight" }),
                400,
                "BadRequest",
                /'Fortnight' is not valid/,
            );
            await refusedByAutomation(makeSchedule("i", { interval: 0 }), 400, "BadRequest", /interval '0'/);
            assert.equal(
                (await makeSchedule("once", { frequency: "OneTime", interval: null })).body.properties.interval,
                null,
            );
            await refusedByAutomation(
                makeSchedule("e", { expiryTime: "2026-11-25T05:00:00Z" }),
                400,
                "BadRequest",
                /expiry time/,
            );
        });

        it("change their description and whether they run by PATCH, and nothing else", async () => {
            await makeSchedule("patched");
            const patch = { properties: { isEnabled: false, description: "off", startTime: "2020-01-01T00:00:00Z" } };
            const { status, body } = await arm("PATCH", `${account}/schedules/patched`, patch);
            assert.deepEqual(
                [status, body.properties.isEnabled, body.properties.startTime],
                [200, false, "2026-11-25T06:00:00+00:00"],
            );
        });
    });

    describe("job schedules", () => {
        before(async () => {
            await makeRunbook("rb-linked");
            await publish("rb-linked");
            await makeSchedule("daily");
        });

        it("cannot be changed, not even to what they are", async () => {
            const id = guid();
            await makeSchedule("immutable");
            assert.equal((await link(id, "rb-linked", "immutable")).status, 201);
            await refusedByAutomation(
                link(id, "rb-linked", "immutable"),
                409,
                "Conflict",
                /A jobSchedule with same id already exists/,
            );
            await refusedByAutomation(
                link(guid(), "RB-Linked", "Immutable"),
                409,
                "Conflict",
                /specified runbook and schedule already exists/,
            );
            assert.equal((await arm("DELETE", `${account}/jobSchedules/${id}`)).status, 200);
            assert.equal((await link(id, "rb-linked", "immutable")).status, 201);
        });

        it("need a GUID, a published runbook and a schedule", async () => {
            await makeRunbook("rb-unpublished");
            await refusedByAutomation(
                link("link", "rb-linked", "daily"),
                400,
                "BadRequest",
                /'link' is not valid; expected a GUID/,
            );
            await refusedByAutomation(
                link(guid(), "rb-unpublished", "daily"),
                400,
                "BadRequest",
                /'rb-unpublished' is not published/,
            );
            await refusedByAutomation(
                link(guid(), "rb-none", "daily"),
                400,
                "BadRequest",
                /runbook 'rb-none' was not found/,
            );
            await refusedByAutomation(
                link(guid(), "rb-linked", "never"),
                400,
                "BadRequest",
                /schedule 'never' was not found/,
            );
        });

        it("re-case the keys of their parameters, and lists leave parameters out", async () => {
            const id = guid();
            await makeSchedule("with-parameters");
            const { body } = await link(id, "rb-linked", "with-parameters", { groupname: "rg", DAYS: "3", Other: "x" });
            assert.deepEqual(body.properties.parameters, { GroupName: "rg", Days: "3", other: "x" });
            const { body: list } = await arm("GET", `${account}/jobSchedules`);
            assert.equal(list.value.find((one: { name: string }) => one.name === id).properties.parameters, null);
        });

        it("go with their runbook and with their schedule", async () => {
            const [first, second] = [guid(), guid()];
            await makeRunbook("rb-going");
            await publish("rb-going");
            await makeSchedule("going");
            await makeSchedule("staying");
            await link(first, "rb-going", "going");
            await link(second, "rb-going", "staying");
            await arm("DELETE", `${account}/schedules/going`);
            await refused(arm("GET", `${account}/jobSchedules/${first}`), 404, "ResourceNotFound");
            await arm("DELETE", runbook("rb-going"));
            await refused(arm("GET", `${account}/jobSchedules/${second}`), 404, "ResourceNotFound");
        });
    });

    describe("variables", () => {
        const variable = (name: string): string => `${account}/variables/${name}`;

        it("hold JSON", async () => {
            const { body } = await arm("PUT", variable("v"), { properties: { value: '"text"' } });
            assert.deepEqual([body.properties.value, body.properties.isEncrypted], ['"text"', false]);
            await refusedByAutomation(
                arm("PUT", variable("v"), { properties: { value: "text" } }),
                400,
                "BadRequest",
                /Invalid JSON/,
            );
        });

        it("that are encrypted never show their value, nor does the state", async () => {
            await arm("PUT", variable("secret"), { properties: { value: '"hunter2"', isEncrypted: true } });
            const { body } = await arm("GET", variable("secret"));
            assert.equal("value" in body.properties, false);
            assert.equal(JSON.stringify([...sandbox.cloud.resources.values()]).includes("hunter2"), false);
            await arm("PATCH", variable("secret"), { properties: { value: '"hunter3"' } });
            assert.equal(JSON.stringify([...sandbox.cloud.resources.values()]).includes("hunter3"), false);
            const plain = arm("PUT", variable("secret"), { properties: { value: "1", isEncrypted: false } });
            await refusedByAutomation(
                plain,
                400,
                "BadRequest",
                /isEncrypted property of an existing variable cannot be changed/,
            );
        });
    });

    describe("jobs", () => {
        it("are recorded as stopped, for nothing runs", async () => {
            await makeRunbook("rb-job");
            await publish("rb-job");
            const id = `${account}/jobs/${guid()}`;
            const { status, body } = await arm("PUT", id, { properties: { runbook: { name: "rb-job" } } });
            assert.deepEqual([status, body.properties.status], [201, "Stopped"]);
            assert.match((await arm("GET", `${id}/output`)).body, /does not run PowerShell/);
            await refusedByAutomation(
                arm("PUT", id, { properties: { runbook: { name: "rb-job" } } }),
                409,
                "Conflict",
                /already exists/,
            );
        });
    });
});

describe("@azure/arm-automation against the sandbox", () => {
    it("brings a runbook from a draft to a schedule", () =>
        withSandbox({}, async sandbox => {
            await makeGroup(sandbox);
            const { credential } = clientOf(sandbox);
            const client = new AutomationClient(credential, sandbox.cloud.subscriptionId, "status", {
                baseUri: sandbox.url,
                longRunningOperationRetryTimeout: 0,
            });
            const at = ["rg", "aa-sdk-tests"] as const;
            const account = await client.automationAccount.createOrUpdate(...at, {
                location: "westeurope",
                sku: { name: "Basic" },
            });
            assert.equal(account.state, "Ok");
            const runbook = { location: "westeurope", runbookType: "PowerShell" as const, draft: {} };
            await client.runbook.createOrUpdate(...at, "Get-Report", runbook);
            await client.runbookDraft.replaceContent(...at, "Get-Report", SCRIPT);
            await client.runbook.publish(...at, "Get-Report");
            const published = await client.runbook.get(...at, "Get-Report");
            assert.equal(published.state, "Published");
            assert.equal(published.parameters?.["GroupName"]?.isMandatory, true);
            const startTime = new Date(Date.now() + 3_600_000);
            const schedule = await client.schedule.createOrUpdate(...at, "hourly", {
                name: "hourly",
                startTime,
                frequency: "Hour",
                interval: 1,
            });
            assert.equal(schedule.timeZone, "Etc/UTC");
            const id = "b0b0b0b0-0000-4000-8000-000000000001";
            const link = {
                runbook: { name: "Get-Report" },
                schedule: { name: "hourly" },
                parameters: { GROUPNAME: "rg" },
            };
            const linked = await client.jobSchedule.create(...at, id, link);
            assert.deepEqual(linked.parameters, { GroupName: "rg" });
            await assert.rejects(client.jobSchedule.create(...at, id, link), { statusCode: 409, code: "Conflict" });
            const variable = await client.variable.createOrUpdate(...at, "v", {
                name: "v",
                value: "1",
                isEncrypted: true,
            });
            assert.equal(variable.value, undefined);
            const soon = { name: "soon", startTime: new Date(), frequency: "Hour" as const, interval: 1 };
            await assert.rejects(client.schedule.createOrUpdate(...at, "soon", soon), {
                statusCode: 400,
                message: /at least 5 minutes/,
            });
            const runbooks = await client.runbook.listByAutomationAccount(...at);
            assert.deepEqual(
                runbooks.map(one => one.name),
                ["Get-Report"],
            );
        }));
});
