import { below, type Takeover, takeover, takeoverOf } from "./escalation-takeover.ts";

const MACHINE = "Microsoft.Compute/virtualMachines";
const SCALE_SET = "Microsoft.Compute/virtualMachineScaleSets";
const ARC = "Microsoft.HybridCompute/machines";
const GUEST = "Microsoft.GuestConfiguration/guestConfigurationAssignments/write";

/** Machines. Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/compute */
export const MACHINES: readonly Takeover[] = [
    takeoverOf("AZExecuteCommand", "run commands on", MACHINE, ["runCommand/action", "runCommands/write"]),
    takeover(
        "AZVMContributor",
        "install extensions on",
        [MACHINE],
        [...below(MACHINE, ["write", "extensions/write"]), GUEST],
    ),
    takeoverOf(
        "AZVMAdminLogin",
        "sign in as administrator on",
        MACHINE,
        ["loginAsAdmin/action", "WACloginAsAdmin/action"],
        "dataAction",
    ),
    takeoverOf("VMUserLogin", "sign in on", MACHINE, ["login/action"], "dataAction"),
    takeoverOf("AZExecuteCommand", "run commands on", SCALE_SET, [
        ...["virtualMachines/runCommand/action", "virtualMachines/runCommands/write"],
    ]),
    takeoverOf("AZVMContributor", "install extensions on", SCALE_SET, [
        ...["write", "extensions/write", "virtualMachines/write", "virtualMachines/extensions/write"],
    ]),
    takeover(
        "AZVMAdminLogin",
        "sign in as administrator on",
        [SCALE_SET],
        below(MACHINE, ["loginAsAdmin/action"]),
        "dataAction",
    ),
    takeover("VMUserLogin", "sign in on", [SCALE_SET], below(MACHINE, ["login/action"]), "dataAction"),
    takeoverOf("AZExecuteCommand", "run commands on", ARC, ["runcommands/write"]),
    takeover(
        "AZVMContributor",
        "install extensions on",
        [ARC],
        [...below(ARC, ["write", "extensions/write", "addExtensions/action"]), GUEST],
    ),
    takeoverOf(
        "AZVMAdminLogin",
        "sign in as administrator on",
        ARC,
        ["loginAsAdmin/action", "WACLoginAsAdmin/action"],
        "dataAction",
    ),
    takeoverOf("VMUserLogin", "sign in on", ARC, ["login/action"], "dataAction"),
    takeoverOf("BatchContributor", "run tasks in", "Microsoft.Batch/batchAccounts", [
        ...["write", "pools/write", "listkeys/action", "applications/versions/write"],
    ]),
    takeoverOf("BatchJobSubmit", "run tasks in", "Microsoft.Batch/batchAccounts", ["jobs/write"], "dataAction"),
    takeover(
        "BatchContributor",
        "run tasks in",
        ["Microsoft.Batch/batchAccounts/pools"],
        below("Microsoft.Batch/batchAccounts", ["pools/write", "listkeys/action"]),
    ),
    takeoverOf("ImageTemplateContributor", "change the build of", "Microsoft.VirtualMachineImages/imageTemplates", [
        "write",
    ]),
    takeoverOf("HDInsightContributor", "run scripts on", "Microsoft.HDInsight/clusters", [
        "write",
        "executeScriptActions/action",
    ]),
];
