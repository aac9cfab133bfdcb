import { distance } from "fastest-levenshtein";

interface Entry {
    readonly name: string;
    readonly lower: string;
    /** How often each letter is in it. */
    readonly letters: Uint8Array;
}

const LETTERS = 37;

const letterOf = (code: number): number => {
    if (code >= 97 && code <= 122) return code - 97;
    return code >= 48 && code <= 57 ? code - 48 + 26 : LETTERS - 1;
};

const lettersOf = (lower: string): Uint8Array => {
    const letters = new Uint8Array(LETTERS);
    for (let at = 0; at < lower.length; at++) {
        const letter = letterOf(lower.charCodeAt(at));
        letters[letter] = (letters[letter] ?? 0) + 1;
    }
    return letters;
};

/** Two texts are at least so far apart: an edit puts in one letter, takes out one, or both. */
const atLeast = (a: Uint8Array, b: Uint8Array): number => {
    let more = 0;
    let fewer = 0;
    for (let letter = 0; letter < LETTERS; letter++) {
        const difference = (a[letter] ?? 0) - (b[letter] ?? 0);
        if (difference > 0) more += difference;
        else fewer -= difference;
    }
    return Math.max(more, fewer);
};

/** Many names, made ready once for finding the one that a misspelled name is nearest to. */
export class NameIndex {
    private readonly entries: readonly Entry[];

    constructor(names: readonly string[]) {
        this.entries = names.map(name => {
            const lower = name.toLowerCase();
            return { name, lower, letters: lettersOf(lower) };
        });
    }

    /** A nearest name; undefined when none is near enough to be meant. */
    nearest(name: string): string | undefined {
        const lower = name.toLowerCase();
        const letters = lettersOf(lower);
        let best = Math.max(2, Math.ceil(name.length / 3)) + 1;
        let found: string | undefined;
        for (const [bound, entry] of this.byBound(letters, best)) {
            if (bound >= best) break;
            const apart = distance(lower, entry.lower);
            if (apart < best) [best, found] = [apart, entry.name];
        }
        return found;
    }

    private byBound(letters: Uint8Array, below: number): (readonly [bound: number, entry: Entry])[] {
        const near = this.entries.map(entry => [atLeast(letters, entry.letters), entry] as const);
        return near.filter(([bound]) => bound < below).sort(([a], [b]) => a - b);
    }
}
