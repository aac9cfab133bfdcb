import { createHash } from "node:crypto";

/** Days as Azure Automation and ISO 8601 count them: Monday first. */
export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
] as const;

/** The nth weekday of a month; -1 is the last. */
export type Occurrence = 1 | 2 | 3 | 4 | -1;

export type Recurrence =
    | { readonly kind: "once"; readonly date: { readonly year: number; readonly month: number; readonly day: number } }
    | { readonly kind: "hours"; readonly every: number }
    | { readonly kind: "days"; readonly every: number }
    | { readonly kind: "weeks"; readonly every: number; readonly on: readonly Weekday[] }
    /** Days of a month, -1 for its last. */
    | { readonly kind: "months"; readonly every: number; readonly on: readonly number[] }
    | {
          readonly kind: "monthly weekday";
          readonly every: number;
          readonly occurrence: Occurrence;
          readonly day: Weekday;
      }
    | { readonly kind: "years"; readonly month: number; readonly day: number };

/** When a runbook runs, on the clock of a place. */
export interface Schedule {
    /** IANA name: `Europe/Zurich`. */
    readonly zone: string;
    /** Absent for an hourly schedule that starts as soon as it can. */
    readonly time?: { readonly hour: number; readonly minute: number };
    readonly recurrence: Recurrence;
}

const two = (n: number): string => String(n).padStart(2, "0");
const every = (n: number, unit: string): string => (n === 1 ? `every ${unit}` : `every ${n} ${unit}s`);
const ordinal = (n: number): string => (n === -1 ? "last" : ["first", "second", "third", "fourth"][n - 1]) ?? "";
const ofMonth = (n: number): string => (n === 1 ? "of the month" : `of ${every(n, "month")}`);

const daysText = (days: string): string =>
    days === WEEKDAYS.slice(0, 5).join(", ") ? "weekdays" : days === WEEKDAYS.slice(5).join(", ") ? "weekends" : days;

const recurrenceText = (recurrence: Recurrence): string => {
    switch (recurrence.kind) {
        case "once": {
            const { year, month, day } = recurrence.date;
            return `once ${year}-${two(month)}-${two(day)}`;
        }
        case "hours":
            return every(recurrence.every, "hour");
        case "days":
            return every(recurrence.every, "day");
        case "weeks": {
            const days = recurrence.on.join(", ");
            return recurrence.every === 1 ? daysText(days) : `${every(recurrence.every, "week")} on ${days}`;
        }
        case "months":
            return `${recurrence.on.map(day => (day === -1 ? "last day" : `day ${day}`)).join(" and ")} ${ofMonth(recurrence.every)}`;
        case "monthly weekday":
            return `${ordinal(recurrence.occurrence)} ${recurrence.day} ${ofMonth(recurrence.every)}`;
        case "years":
            return `every year on ${recurrence.day} ${MONTHS[recurrence.month - 1]}`;
    }
};

/** The schedule in the words that `parseSchedule` reads: the same for the same schedule, however it was written. */
export const scheduleText = ({ time, zone, recurrence }: Schedule): string =>
    [...(time ? [`${two(time.hour)}:${two(time.minute)}`] : []), zone].join(" ") + `, ${recurrenceText(recurrence)}`;

/** With a runbook's name before it, a schedule's name has at most 128 characters. */
const LONGEST_SLUG = 60;
const HASH_LENGTH = 8;

/** The schedule as a name that Azure accepts for it. */
export const scheduleSlug = (schedule: Schedule): string => {
    const text = scheduleText(schedule)
        .replace("+", "-plus-")
        .replaceAll(/[^\w-]+/g, "-")
        .toLowerCase();
    if (text.length <= LONGEST_SLUG) return text;
    const hash = createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);
    return `${text.slice(0, LONGEST_SLUG - HASH_LENGTH - 1)}-${hash}`;
};
