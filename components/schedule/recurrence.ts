import { MONTHS, type Occurrence, type Recurrence, type Weekday, WEEKDAYS } from "./schedule.ts";

type Read = (match: RegExpExecArray, text: string) => Recurrence;

const DAY = `(?:${WEEKDAYS.map(day => `${day.toLowerCase()}s?`).join("|")})`;
const AND = "(?:\\s*,\\s*and\\s+|\\s*,\\s*|\\s+and\\s+)";
const DAYS = `${DAY}(?:${AND}${DAY})*`;
const MONTH = `(?:${MONTHS.map(month => month.toLowerCase()).join("|")})`;
const NUMBER = "\\d{1,2}(?:st|nd|rd|th)?";
const PART_OF_MONTH = `(?:(?:days?\\s+)?${NUMBER}|first day|last day)`;
const OF_MONTH = "of\\s+(?:the|every|each)(?:\\s+(\\d+))?\\s+months?";
const ORDINALS: Readonly<Record<string, Occurrence>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

/** Days that a month can have; February has 29 in a leap year, so such a schedule runs. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const count = (text: string | undefined): number => (text === undefined ? 1 : Number(text));

const weekdays = (text: string): readonly Weekday[] => WEEKDAYS.filter(day => text.includes(day.toLowerCase()));

const weeks = (on: readonly Weekday[], every = 1): Recurrence => ({ kind: "weeks", every, on });

const once: Read = ([, year, month, day], text) => {
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    const made = new Date(Date.UTC(date.year, date.month - 1, date.day));
    if (made.getUTCMonth() !== date.month - 1 || made.getUTCDate() !== date.day) {
        throw new Error(`schedule '${text}' can never run: there is no ${year}-${month}-${day}`);
    }
    return { kind: "once", date };
};

const yearly: Read = ([, dayFirst, monthFirst, monthSecond, daySecond], text) => {
    const name = monthFirst ?? monthSecond;
    const month = MONTHS.findIndex(each => each.toLowerCase() === name) + 1;
    const day = Number.parseInt(dayFirst ?? daySecond ?? "", 10);
    if (day < 1 || day > (LONGEST[month - 1] ?? 0)) {
        throw new Error(`schedule '${text}' can never run: ${MONTHS[month - 1]} has no day ${day}`);
    }
    return { kind: "years", month, day };
};

const monthDays: Read = ([, parts = "", every], text) => {
    const on = [...parts.matchAll(/first day|last day|\d+/g)].map(([part]) =>
        part === "first day" ? 1 : part === "last day" ? -1 : Number(part),
    );
    const wrong = on.find(day => day === 0 || day > 31);
    if (wrong !== undefined) throw new Error(`schedule '${text}' can never run: no month has a day ${wrong}`);
    return {
        kind: "months",
        every: count(every),
        on: [...new Set(on)].sort((a, b) => (a < 0 ? 1 : b < 0 ? -1 : a - b)),
    };
};

const monthlyWeekday: Read = ([, ordinal = "", day = "", every]) => ({
    kind: "monthly weekday",
    every: count(every),
    occurrence: ORDINALS[ordinal] ?? 1,
    day: weekdays(day)[0] ?? "Monday",
});

/** What can be said about how often, the longer forms first. */
const FORMS: readonly (readonly [RegExp, Read])[] = [
    [/\bonce\b(?:\s+on)?\s+(\d{4})-(\d{2})-(\d{2})\b/, once],
    [new RegExp(`\\b(first|second|third|fourth|last)\\s+(${DAY})\\s+${OF_MONTH}`), monthlyWeekday],
    [new RegExp(`\\b(${PART_OF_MONTH}(?:${AND}${PART_OF_MONTH})*)\\s+${OF_MONTH}`), monthDays],
    [
        new RegExp(
            `(?:every year\\s+(?:on\\s+)?|yearly\\s+(?:on\\s+)?)?(?:\\b(${NUMBER})\\s+(${MONTH})\\b|\\b(${MONTH})\\s+(${NUMBER})\\b)`,
        ),
        yearly,
    ],
    [
        new RegExp(`\\bevery\\s+(?:(\\d+)\\s+)?weeks?\\s+on\\s+(${DAYS})`),
        ([, every, days = ""]) => weeks(weekdays(days), count(every)),
    ],
    [/\bevery\s+(?:(\d+)\s+)?hours?\b|\bhourly\b/, ([, every]) => ({ kind: "hours", every: count(every) })],
    [/\b(?:(?:on|every)\s+)?weekdays?\b/, () => weeks(WEEKDAYS.slice(0, 5))],
    [/\b(?:(?:on|every)\s+)?weekends?\b/, () => weeks(WEEKDAYS.slice(5))],
    [new RegExp(`\\b(?:(?:on|every)\\s+)?(${DAYS})`), ([, days = ""]) => weeks(weekdays(days))],
    [/\bevery\s+(?:(\d+)\s+)?days?\b|\bdaily\b/, ([, every]) => ({ kind: "days", every: count(every) })],
];

/**
 * Finds how often a schedule runs.
 * @returns what was found, and the words around it.
 * @throws when it can never come to pass.
 */
export const recurrenceIn = (lower: string, text: string): { recurrence: Recurrence | undefined; rest: string } => {
    for (const [form, read] of FORMS) {
        const match = form.exec(lower);
        if (!match) continue;
        const recurrence = read(match, text);
        const rest = `${lower.slice(0, match.index)} ${lower.slice(match.index + match[0].length)}`;
        if ("every" in recurrence && recurrence.every < 1) {
            throw new Error(`schedule '${text}' can never run: '${match[0].trim()}' is no interval`);
        }
        return { recurrence, rest };
    }
    return { recurrence: undefined, rest: lower };
};
