const SPECIAL = /[.+^${}()|[\]\\?]/g;

/** Whether a text is what a pattern says, in any case: `*` stands for any characters, also for none. */
export const matches = (pattern: string, text: string): boolean =>
    new RegExp(`^${pattern.replace(SPECIAL, "\\$&").replaceAll("*", ".*")}$`, "is").test(text);

/** Whether one of a list of names and patterns is for a text. */
export const isListed = (list: readonly string[], text: string): boolean => list.some(each => matches(each, text));
