/** The methods Microsoft Graph knows, and the letter each has in the compiled tables. */
export const METHOD_LETTERS: Readonly<Record<string, string>> = {
    GET: "G",
    POST: "P",
    PUT: "U",
    PATCH: "A",
    DELETE: "D",
};

export const METHODS: readonly string[] = Object.keys(METHOD_LETTERS);
