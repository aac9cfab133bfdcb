import assert from "node:assert/strict";
import fc from "fast-check";
import { DateTime } from "luxon";
import { azureRecurrence } from "../components/schedule/azure.ts";
import { nextStart } from "../components/schedule/next-start.ts";
import { parseSchedule } from "../components/schedule/parse.ts";
import {
    MONTHS,
    type Recurrence,
    type Schedule,
    scheduleSlug,
    scheduleText,
    type Weekday,
    WEEKDAYS,
} from "../components/schedule/schedule.ts";

const NOW = DateTime.fromISO("2026-11-24T09:00:00Z");
const EARLIEST = NOW.plus({ minutes: 5 });
const WORKDAYS = WEEKDAYS.slice(0, 5);

const weekly = (on: readonly Weekday[], every = 1): Recurrence => ({ kind: "weeks", every, on });

const READ: readonly (readonly [text: string, zone: string, time: string, recurrence: Recurrence, start: string])[] = [
    ["06:00 Europe/Zurich, weekdays", "Europe/Zurich", "6:0", weekly(WORKDAYS), "2026-11-25T06:00:00.000+01:00"],
    ["weekends at 6:30 utc", "UTC", "6:30", weekly(["Saturday", "Sunday"]), "2026-11-28T06:30:00.000Z"],
    ["every 4 hours", "UTC", "", { kind: "hours", every: 4 }, "2026-11-24T10:00:00.000Z"],
    ["every 4 hours from 02:00 UTC", "UTC", "2:0", { kind: "hours", every: 4 }, "2026-11-24T10:00:00.000Z"],
    ["hourly", "UTC", "", { kind: "hours", every: 1 }, "2026-11-24T10:00:00.000Z"],
    ["06:00 UTC", "UTC", "6:0", { kind: "days", every: 1 }, "2026-11-25T06:00:00.000Z"],
    ["every 3 days at 06:00 UTC", "UTC", "6:0", { kind: "days", every: 3 }, "2026-11-25T06:00:00.000Z"],
    [
        "Mondays and Fridays 07:15 America/New_York",
        "America/New_York",
        "7:15",
        weekly(["Monday", "Friday"]),
        "2026-11-27T07:15:00.000-05:00",
    ],
    [
        "07:15 europe/london, Friday, Monday, and Wednesday",
        "Europe/London",
        "7:15",
        weekly(["Monday", "Wednesday", "Friday"]),
        "2026-11-25T07:15:00.000+00:00",
    ],
    [
        "every 2 weeks on Monday 06:00 Europe/Berlin",
        "Europe/Berlin",
        "6:0",
        weekly(["Monday"], 2),
        "2026-11-30T06:00:00.000+01:00",
    ],
    [
        "02:30 UTC, first day of the month",
        "UTC",
        "2:30",
        { kind: "months", every: 1, on: [1] },
        "2026-12-01T02:30:00.000Z",
    ],
    [
        "23:00 UTC, last day of the month",
        "UTC",
        "23:0",
        { kind: "months", every: 1, on: [-1] },
        "2026-11-30T23:00:00.000Z",
    ],
    [
        "1st and 15th of the month 06:00 UTC",
        "UTC",
        "6:0",
        { kind: "months", every: 1, on: [1, 15] },
        "2026-12-01T06:00:00.000Z",
    ],
    [
        "day 5 of every 3 months 06:00 UTC",
        "UTC",
        "6:0",
        { kind: "months", every: 3, on: [5] },
        "2026-12-05T06:00:00.000Z",
    ],
    [
        "second Tuesday of the month, 20:00 Europe/London",
        "Europe/London",
        "20:0",
        { kind: "monthly weekday", every: 1, occurrence: 2, day: "Tuesday" },
        "2026-12-08T20:00:00.000+00:00",
    ],
    [
        "last Friday of the month 06:00 UTC",
        "UTC",
        "6:0",
        { kind: "monthly weekday", every: 1, occurrence: -1, day: "Friday" },
        "2026-11-27T06:00:00.000Z",
    ],
    [
        "06:00 UTC, every year on 29 February",
        "UTC",
        "6:0",
        { kind: "years", month: 2, day: 29 },
        "2028-02-29T06:00:00.000Z",
    ],
    ["January 5th, 06:00 UTC", "UTC", "6:0", { kind: "years", month: 1, day: 5 }, "2027-01-05T06:00:00.000Z"],
    [
        "once 2027-01-05 06:00 UTC",
        "UTC",
        "6:0",
        { kind: "once", date: { year: 2027, month: 1, day: 5 } },
        "2027-01-05T06:00:00.000Z",
    ],
];

const BAD: readonly (readonly [text: string, message: RegExp])[] = [
    ["31 February 06:00 UTC", /can never run: February has no day 31$/],
    ["once 2027-02-29 06:00 UTC", /can never run: there is no 2027-02-29$/],
    ["day 32 of the month 06:00 UTC", /can never run: no month has a day 32$/],
    ["every 0 hours", /can never run: 'every 0 hours' is no interval$/],
    ["06:00, weekdays", /names no time zone; expected one such as Europe\/Zurich or UTC$/],
    ["weekdays Europe/Zurich", /names no time of day; expected one such as 06:00$/],
    ["25:00 UTC", /'25:00' is no time of day; expected 00:00 to 23:59$/],
    ["06:60 UTC", /'06:60' is no time of day/],
    ["06:00 Europe/Zurick", /unknown time zone 'Europe\/Zurick'; did you mean 'Europe\/Zurich'\?$/],
    [
        "06:00 UTC, fortnightly",
        /'fortnightly' is not understood; expected words as in '06:00 Europe\/Zurich, weekdays'/,
    ],
    ["06:00 UTC, weekdays and Saturday", /'saturday' is not understood/],
    ["06:00 UTC 07:00", /'07:00' is not understood/],
    ["", /says neither when nor how often/],
];

const read = (time: string): { hour: number; minute: number } => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return { hour, minute };
};

describe("parseSchedule", () => {
    for (const [text, zone, time, recurrence, start] of READ) {
        it(`reads '${text}', which starts next at ${start}`, () => {
            const schedule = parseSchedule(text);
            assert.deepEqual(schedule, { zone, ...(time && { time: read(time) }), recurrence });
            assert.equal(nextStart(schedule, NOW).toISO(), start);
        });
    }

    for (const [text, message] of BAD) {
        it(`refuses '${text}'`, () => {
            assert.throws(() => parseSchedule(text), { message });
        });
    }
});

const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
const zone = fc.constantFrom(
    "UTC",
    "Europe/Zurich",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Etc/GMT+2",
);
const every = fc.integer({ min: 1, max: 12 });
const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
const daysOf = (month: number): number => DateTime.fromObject({ year: 2028, month }).daysInMonth ?? 28;

const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
    fc.record({ kind: fc.constant("days" as const), every }),
    fc.record({ kind: fc.constant("weeks" as const), every, on: days }),
    fc.record({
        kind: fc.constant("months" as const),
        every,
        on: fc.subarray([1, 2, 15, 28, 30, 31, -1], { minLength: 1 }),
    }),
    fc.record({
        kind: fc.constant("monthly weekday" as const),
        every,
        occurrence: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, -1 as const),
        day: fc.constantFrom(...WEEKDAYS),
    }),
    fc.integer({ min: 1, max: 12 }).chain(month =>
        fc.record({
            kind: fc.constant("years" as const),
            month: fc.constant(month),
            day: fc.integer({ min: 1, max: daysOf(month) }),
        }),
    ),
);
const timed: fc.Arbitrary<Schedule> = fc.record({ zone, time, recurrence });
const hourly: fc.Arbitrary<Schedule> = fc.oneof(
    fc.record({ zone, time, recurrence: fc.record({ kind: fc.constant("hours" as const), every }) }),
    fc.record({ zone: fc.constant("UTC"), recurrence: fc.record({ kind: fc.constant("hours" as const), every }) }),
);
const schedule = fc.oneof(timed, hourly);
const moment = fc
    .date({ min: new Date("2025-01-01"), max: new Date("2035-01-01"), noInvalidDate: true })
    .map(date => DateTime.fromJSDate(date));

/** What a start must be, said another way than the code does. */
const holds = ({ recurrence: wanted }: Schedule, start: DateTime): boolean => {
    const lastOfMonth = start.endOf("month").day;
    switch (wanted.kind) {
        case "weeks":
            return wanted.on.includes(start.setLocale("en").weekdayLong as Weekday);
        case "months":
            return wanted.on.includes(start.day) || (wanted.on.includes(-1) && start.day === lastOfMonth);
        case "monthly weekday":
            return (
                start.setLocale("en").weekdayLong === wanted.day &&
                (wanted.occurrence === -1
                    ? start.day > lastOfMonth - 7
                    : start.day > 7 * (wanted.occurrence - 1) && start.day <= 7 * wanted.occurrence)
            );
        case "years":
            return start.setLocale("en").monthLong === MONTHS[wanted.month - 1] && start.day === wanted.day;
        default:
            return true;
    }
};

describe("a schedule", () => {
    it("reads back from its own text as it was", () => {
        fc.assert(
            fc.property(schedule, each => assert.deepEqual(parseSchedule(scheduleText(each)), structuredClone(each))),
        );
    });

    it("has a name that Azure takes and that no other schedule has", () => {
        fc.assert(
            fc.property(schedule, schedule, (a, b) => {
                assert.match(scheduleSlug(a), /^[a-z0-9_-]{1,60}$/);
                assert.equal(scheduleSlug(a) === scheduleSlug(b), scheduleText(a) === scheduleText(b));
            }),
        );
    });

    it("starts no sooner than Azure accepts, on a day it names, and at its time except where clocks skip it", () => {
        fc.assert(
            fc.property(timed, moment, (each, now) => {
                const start = nextStart(each, now).setZone(each.zone);
                assert.ok(start >= now.plus({ minutes: 5 }));
                assert.ok(holds(each, start));
                const skipped = start.startOf("day").set(each.time ?? {}).hour !== each.time?.hour;
                assert.ok(skipped || (start.hour === each.time.hour && start.minute === each.time.minute));
            }),
        );
    });

    it("of every day starts within a day, of days of the week within a week, of hours within its interval", () => {
        fc.assert(
            fc.property(schedule, moment, (each, now) => {
                const { kind } = each.recurrence;
                const limit =
                    kind === "days"
                        ? 25
                        : kind === "weeks"
                          ? 7 * 24 + 1
                          : kind === "hours"
                            ? Math.max(each.recurrence.every, 24)
                            : Infinity;
                assert.ok(nextStart(each, now).diff(now, "hours").hours <= limit + 1);
            }),
        );
    });

    it("that runs once in the past has no start", () => {
        assert.throws(() => nextStart(parseSchedule("once 2026-11-24 09:04 UTC"), NOW), {
            message: /^can never run: it is past/,
        });
        assert.ok(nextStart(parseSchedule("once 2026-11-24 09:30 UTC"), NOW) > EARLIEST);
    });

    it("is in Azure's terms an interval with its days", () => {
        const of = (text: string) => azureRecurrence(parseSchedule(text));
        assert.deepEqual(of("06:00 Europe/Zurich, weekends"), {
            frequency: "Week",
            interval: 1,
            advancedSchedule: { weekDays: ["Saturday", "Sunday"] },
            timeZone: "Europe/Zurich",
        });
        assert.deepEqual(of("every 4 hours"), { frequency: "Hour", interval: 4, timeZone: "UTC" });
        assert.deepEqual(of("06:00 UTC"), { frequency: "Day", interval: 1, timeZone: "UTC" });
        assert.deepEqual(of("once 2030-01-05 06:00 UTC"), { frequency: "OneTime", timeZone: "UTC" });
        assert.deepEqual(of("last day of the month 06:00 UTC").advancedSchedule, { monthDays: [-1] });
        assert.deepEqual(of("last Friday of every 2 months 06:00 UTC"), {
            frequency: "Month",
            interval: 2,
            advancedSchedule: { monthlyOccurrences: [{ day: "Friday", occurrence: -1 }] },
            timeZone: "UTC",
        });
        assert.deepEqual(of("06:00 UTC, 5 March"), {
            frequency: "Month",
            interval: 12,
            advancedSchedule: { monthDays: [5] },
            timeZone: "UTC",
        });
    });
});
