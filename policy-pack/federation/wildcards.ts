/** Whether a text holds a wildcard of a claims expression: `*` for any characters, slashes and colons too, `?` for one. */
export const isWild = (text: string): boolean => /[*?]/.test(text);

/** Whether a text says nothing at all: missing, or nothing but wildcards. */
export const saysNothing = (text: string | undefined): boolean => text === undefined || /^[*?]*$/.test(text);

/** A wildcard right after a letter also takes names that merely begin alike: `main*` takes `main-of-somebody`. */
const LOOSE = /(?:^|[^-/._*?])[*?]/;

/** What a pattern of branches or tags takes besides what it names; undefined where it takes no more. */
export const refTooWide = (kind: "branch" | "tag", name: string | undefined): string | undefined => {
    if (name === undefined || /^[*?]/.test(name) || name === "")
        return kind === "branch" ? "every branch" : "every tag";
    if (kind === "tag") return undefined;
    return LOOSE.test(name) ? `every branch that begins as '${name.replace(/[*?].*$/, "")}'` : undefined;
};
