import { IANAZone } from "luxon";
import { didYouMean } from "../../access/name.ts";
import { recurrenceIn } from "./recurrence.ts";
import type { Schedule } from "./schedule.ts";

const EXAMPLES =
    "'06:00 Europe/Zurich, weekdays', 'every 4 hours', '07:15 America/New_York, Mondays and Fridays', " +
    "'02:30 UTC, last day of the month', 'once 2030-01-05 06:00 UTC'";

const TIME = /(?<![\d:-])(\d{1,2}):(\d{2})(?![\d:])/;
const ZONE = /\b(?:UTC|GMT|[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)(?![\w/])/i;

/** Takes what a pattern matches out of a text. */
const take = (text: string, pattern: RegExp): { match: RegExpExecArray | undefined; rest: string } => {
    const match = pattern.exec(text) ?? undefined;
    return { match, rest: match ? text.slice(0, match.index) + " " + text.slice(match.index + match[0].length) : text };
};

const zones = (): string[] => Intl.supportedValuesOf("timeZone");

const readZone = (found: string | undefined, isNeeded: boolean, text: string): string => {
    if (found === undefined) {
        if (isNeeded)
            throw new Error(`schedule '${text}' names no time zone; expected one such as Europe/Zurich or UTC`);
        return "UTC";
    }
    if (/^(utc|gmt)$/i.test(found)) return "UTC";
    if (!IANAZone.isValidZone(found))
        throw new Error(`schedule '${text}': unknown time zone '${found}'${didYouMean(found, zones())}`);
    return zones().find(zone => zone.toLowerCase() === found.toLowerCase()) ?? found;
};

const readTime = (match: RegExpExecArray | undefined, text: string): { hour: number; minute: number } | undefined => {
    if (!match) return undefined;
    const [hour, minute] = [Number(match[1]), Number(match[2])];
    if (hour > 23 || minute > 59)
        throw new Error(`schedule '${text}': '${match[0].trim()}' is no time of day; expected 00:00 to 23:59`);
    return { hour, minute };
};

/**
 * Reads a schedule in human terms: a time with its zone, and how often. The order of the parts does not matter.
 * @throws when a part is missing, is not understood, or can never come to pass, as 31 February.
 */
export const parseSchedule = (text: string): Schedule => {
    const zone = take(text, ZONE);
    const time = take(zone.rest, TIME);
    const { recurrence, rest } = recurrenceIn(time.rest.toLowerCase(), text);
    const left = rest.replaceAll(/\b(at|on|the|and|from|in|time)\b|[,\s]+/g, " ").trim();
    if (left !== "")
        throw new Error(`schedule '${text}': '${left}' is not understood; expected words as in ${EXAMPLES}`);
    const clock = readTime(time.match, text);
    if (!recurrence && !clock)
        throw new Error(`schedule '${text}' says neither when nor how often; expected words as in ${EXAMPLES}`);
    const kind = recurrence?.kind ?? "days";
    if (!clock && kind !== "hours")
        throw new Error(`schedule '${text}' names no time of day; expected one such as 06:00`);
    return {
        zone: readZone(zone.match?.[0], clock !== undefined, text),
        ...(clock && { time: clock }),
        recurrence: recurrence ?? { kind: "days", every: 1 },
    };
};
