const LINE_EVERY_MS = 30_000;

/** Where a long step says how far it is: a spinner on a terminal, few plain lines elsewhere. */
export interface Progress {
    update(text: string): void;
    succeed(text: string): void;
    fail(text: string): void;
}

const elapsed = (since: number): string => {
    const seconds = Math.round((Date.now() - since) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const plainProgress = (stream: NodeJS.WriteStream, text: string, since: number): Progress => {
    let lastLine = Date.now();
    stream.write(`${text} …\n`);
    return {
        update: now => {
            if (Date.now() - lastLine < LINE_EVERY_MS) return;
            lastLine = Date.now();
            stream.write(`  ${now} (${elapsed(since)})\n`);
        },
        succeed: now => stream.write(`${now} (${elapsed(since)})\n`),
        fail: now => stream.write(`${now} (${elapsed(since)})\n`),
    };
};

const ROOM_FOR_SIGN = 3;

const spinner = async (stream: NodeJS.WriteStream, text: string, since: number): Promise<Progress> => {
    const { default: ora } = await import("ora");
    const onOneLine = (now: string): string => {
        const whole = `${now} (${elapsed(since)})`;
        const room = stream.columns - ROOM_FOR_SIGN;
        return whole.length <= room ? whole : `${whole.slice(0, room - 1)}…`;
    };
    const shown = ora({ text, stream, discardStdin: false }).start();
    let current = text;
    const show = (): string => (shown.text = onOneLine(current));
    const clock = setInterval(show, 1000);
    const end = (how: "succeed" | "fail", now: string): void => {
        clearInterval(clock);
        shown[how](onOneLine(now));
    };
    return {
        update: now => {
            current = now;
            show();
        },
        succeed: now => end("succeed", now),
        fail: now => end("fail", now),
    };
};

/** Starts to show a step on standard error. */
export const showProgress = async (text: string, stream: NodeJS.WriteStream = process.stderr): Promise<Progress> =>
    stream.isTTY && stream.columns > 0 ? spinner(stream, text, Date.now()) : plainProgress(stream, text, Date.now());

/** Shows nothing: for callers that report themselves. */
export const silent: Progress = { update: () => undefined, succeed: () => undefined, fail: () => undefined };
