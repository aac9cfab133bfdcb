import assert from "node:assert/strict";
import { automationJobScheduleFragile } from "../../policy-pack/rules/automation-job-schedule-fragile.ts";
import { type Declared, stackFindings, testRule, UNKNOWN } from "../policy-support.ts";

const ID = "11111111-0000-4000-8000-000000000001";
const native = (props: Declared["props"]): Declared => ({
    type: "azure-native:automation:JobSchedule",
    name: "link",
    props: { runbook: { name: "Nightly" }, schedule: { name: "daily" }, ...props },
});
const classic = (props: Declared["props"]): Declared => ({
    type: "azure:automation/jobSchedule:JobSchedule",
    name: "link",
    props: { runbookName: "Nightly", scheduleName: "daily", ...props },
});

testRule(automationJobScheduleFragile, [
    {
        fact: "takes a GUID, or the provider's own, and keys in lower case",
        stack: [native({ jobScheduleId: ID, parameters: { resourcegroupname: "rg" } }), native({}), classic({})],
    },
    {
        fact: "finds an id that is no GUID",
        stack: [native({ jobScheduleId: "nightly" })],
        finds: ["link: jobScheduleId is 'nightly'; expected a GUID"],
    },
    {
        fact: "finds keys that come back in another case",
        stack: [native({ jobScheduleId: ID, parameters: { ResourceGroupName: "rg", days: UNKNOWN } })],
        finds: [
            "link: parameter 'ResourceGroupName' comes back from Azure in another case; expected 'resourcegroupname'",
        ],
    },
    {
        fact: "finds an id and parameters that are not known yet, in the preview alone",
        stack: [native({ jobScheduleId: UNKNOWN }), native({ jobScheduleId: ID, parameters: UNKNOWN })],
        finds: [
            "link: cannot judge the id of the link: 'jobScheduleId' is not known before its resources exist",
            "link: cannot judge the parameters: 'parameters' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
]);

describe("the order of a link's replacement", () => {
    const DRY_RUN = "PULUMI_DRY_RUN";
    const before = process.env[DRY_RUN];
    beforeEach(() => {
        process.env[DRY_RUN] = "true";
    });
    afterEach(() => {
        if (before === undefined) Reflect.deleteProperty(process.env, DRY_RUN);
        else process.env[DRY_RUN] = before;
    });

    it("is found wrong for azure-native in a run of a program, where it is not set", () => {
        assert.deepEqual(stackFindings(automationJobScheduleFragile, [native({}), classic({})]), [
            "link: a changed link is made before the old one is gone, which Azure refuses; expected deleteBeforeReplace",
        ]);
    });
});
