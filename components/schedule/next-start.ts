import { DateTime } from "luxon";
import { type Recurrence, type Schedule, type Weekday, WEEKDAYS } from "./schedule.ts";

/** Azure wants a start at least five minutes ahead when it gets it; the rest is for the way there. */
const MARGIN = { minutes: 10 };

/** A day of a leap year that falls on the 29th of February comes within eight years. */
const LONGEST_SEARCH_DAYS = 366 * 8 + 2;

const weekdayOf = (day: DateTime): Weekday => WEEKDAYS[day.weekday - 1] ?? "Monday";

const isLast = (day: DateTime, step: { days: number }): boolean => day.plus(step).month !== day.month;

/** Whether a schedule may start on a day; an interval above one counts from the start, so any fitting day will do. */
const fits = (recurrence: Recurrence, day: DateTime): boolean => {
    switch (recurrence.kind) {
        case "once":
            return (
                day.year === recurrence.date.year &&
                day.month === recurrence.date.month &&
                day.day === recurrence.date.day
            );
        case "hours":
        case "days":
            return true;
        case "weeks":
            return recurrence.on.includes(weekdayOf(day));
        case "months":
            return recurrence.on.some(wanted => (wanted === -1 ? isLast(day, { days: 1 }) : wanted === day.day));
        case "monthly weekday": {
            if (weekdayOf(day) !== recurrence.day) return false;
            return recurrence.occurrence === -1
                ? isLast(day, { days: 7 })
                : Math.ceil(day.day / 7) === recurrence.occurrence;
        }
        case "years":
            return day.month === recurrence.month && day.day === recurrence.day;
    }
};

const nextHour = ({ time, zone }: Schedule, every: number, earliest: DateTime): DateTime => {
    const from = earliest.setZone(zone);
    if (!time) return from.startOf("hour").plus({ hours: 1 });
    const first = from.startOf("day").set(time);
    const steps = Math.max(0, Math.ceil(earliest.diff(first, "hours").hours / every));
    return first.plus({ hours: steps * every });
};

/**
 * The first time a schedule runs that Azure still accepts at a given moment.
 * @throws when there is none: a single run in the past.
 */
export const nextStart = (schedule: Schedule, now: DateTime): DateTime => {
    const earliest = now.plus(MARGIN);
    const { recurrence, zone, time } = schedule;
    if (recurrence.kind === "hours") return nextHour(schedule, recurrence.every, earliest);
    const today = earliest.setZone(zone).startOf("day");
    const first = recurrence.kind === "once" ? DateTime.fromObject(recurrence.date, { zone }) : today;
    const days = recurrence.kind === "once" ? 1 : LONGEST_SEARCH_DAYS;
    for (let n = 0; n < days; n++) {
        const day = first.plus({ days: n });
        const start = day.set({ hour: time?.hour ?? 0, minute: time?.minute ?? 0 });
        if (fits(recurrence, day) && start >= earliest) return start;
    }
    throw new Error(`can never run: it is past at ${now.toISO() ?? "now"}`);
};
