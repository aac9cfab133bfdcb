import type { ResourceType, Write, Written } from "../resource-type.ts";
import { PAGE, times } from "./fault.ts";
import { writePackage } from "./runtime-environment.ts";

const writeModule = (write: Write): Written => {
    const { properties, hidden } = writePackage(write);
    return {
        properties: {
            ...properties,
            activityCount: 0,
            isComposite: false,
            description: null,
            ...times(write.existing, write.now),
        },
        ...(hidden && { hidden }),
    };
};

const moduleType = (name: string): ResourceType => ({
    type: `Microsoft.Automation/automationAccounts/${name}`,
    pageSize: PAGE,
    write: writeModule,
});

/** Modules of a whole account, for PowerShell 5.1 and 7.2, and Python packages: older than runtime environments. */
export const MODULE_TYPES: readonly ResourceType[] = [
    moduleType("modules"),
    moduleType("powerShell72Modules"),
    moduleType("python2Packages"),
    moduleType("python3Packages"),
];
