import type { Recurrence, Schedule } from "./schedule.ts";

/** The recurrence as Azure Automation takes it: https://learn.microsoft.com/rest/api/automation/schedule/create-or-update */
export interface AzureRecurrence {
    readonly frequency: "OneTime" | "Hour" | "Day" | "Week" | "Month";
    readonly interval?: number;
    readonly timeZone: string;
    readonly advancedSchedule?: {
        readonly weekDays?: string[];
        readonly monthDays?: number[];
        readonly monthlyOccurrences?: { readonly day: string; readonly occurrence: number }[];
    };
}

const recurrenceOf = (recurrence: Recurrence): Omit<AzureRecurrence, "timeZone"> => {
    switch (recurrence.kind) {
        case "once":
            return { frequency: "OneTime" };
        case "hours":
            return { frequency: "Hour", interval: recurrence.every };
        case "days":
            return { frequency: "Day", interval: recurrence.every };
        case "weeks":
            return {
                frequency: "Week",
                interval: recurrence.every,
                advancedSchedule: { weekDays: [...recurrence.on] },
            };
        case "months":
            return {
                frequency: "Month",
                interval: recurrence.every,
                advancedSchedule: { monthDays: [...recurrence.on] },
            };
        case "monthly weekday": {
            const { day, occurrence } = recurrence;
            return {
                frequency: "Month",
                interval: recurrence.every,
                advancedSchedule: { monthlyOccurrences: [{ day, occurrence }] },
            };
        }
        case "years":
            return { frequency: "Month", interval: 12, advancedSchedule: { monthDays: [recurrence.day] } };
    }
};

/** A schedule in Azure's terms, all but its start. */
export const azureRecurrence = ({ recurrence, zone }: Schedule): AzureRecurrence => ({
    ...recurrenceOf(recurrence),
    timeZone: zone,
});
