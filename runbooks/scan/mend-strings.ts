import * as p from "./mend-patterns.ts";
import { MendWriter } from "./mend-writer.ts";

const MAX_NESTED_STRINGS = 40;

/** Strings: what the grammar cannot read in them, and the code that they hold. */
export abstract class MendStrings extends MendWriter {
    /** Reads code up to the end, or until the bracket opened at this depth is closed. */
    protected abstract code(depth: number): void;

    protected quoted(char: string): boolean {
        if (char === "@" && this.hereString()) return true;
        if (p.DOUBLE_QUOTES.includes(char)) {
            this.place++;
            this.clause(() => {
                this.doubleQuoted();
            });
            return true;
        }
        const single = p.SINGLE_QUOTES.includes(char) ? this.match(p.SINGLE_QUOTED) : null;
        if (single === null) return false;
        this.place += single[0].length;
        this.clause(() => {
            this.put(`'${(single[1] ?? "").replace(/[\u2018\u2019\u201a\u201b]/g, "\u2019")}'`);
        });
        return true;
    }

    protected hereString(): boolean {
        const begins = !this.isUnended && this.match(p.VERBATIM_HERE_STRING_START) !== null;
        const verbatim = begins ? this.match(p.VERBATIM_HERE_STRING) : null;
        this.isUnended ||= begins && verbatim === null;
        if (verbatim !== null) {
            this.put(`'\n${(verbatim[1] ?? "").replaceAll("'", "''")}'`);
            this.place += verbatim[0].length;
            return true;
        }
        const opening = this.match(p.HERE_STRING);
        if (opening === null) return false;
        this.place += opening[0].length;
        this.put('"\n');
        this.stringBody("here");
        this.put('"');
        return true;
    }

    /** A string that heads a switch clause is put in brackets: the grammar wants no blanks in it. */
    protected clause(write: () => void): void {
        const heads = this.top()?.kind === "switch" && "\n{};".includes(this.last);
        if (heads) this.put("(");
        write();
        if (heads) this.put(")");
    }

    protected doubleQuoted(): void {
        const plain = /[^"$`\u201c\u201d\u201e\n']*/y;
        const text = this.strings > 0 ? p.at(plain, this.source, this.place) : null;
        if (text !== null && p.DOUBLE_QUOTES.includes(this.source.charAt(this.place + text[0].length) || " ")) {
            this.place += text[0].length + 1;
            this.put(`'${text[0]}'`);
            return;
        }
        this.put('"');
        this.stringBody("line");
        this.put('"');
    }

    /** Writes the body of an expandable string, up to its end. */
    protected stringBody(kind: "line" | "here"): void {
        while (this.place < this.source.length) {
            const char = this.char();
            if (char === "`") {
                this.put(this.source.slice(this.place, this.place + 2));
                this.place += 2;
            } else if (char === "$" && this.char(1) === "(" && this.strings < MAX_NESTED_STRINGS) this.nested();
            else if (p.DOUBLE_QUOTES.includes(char)) {
                if (this.stringEnds(kind)) return;
            } else if (char === "#") this.skip(1, p.HASH);
            else this.plainCharacters();
        }
    }
    /** At a quote: whether it ends the string; if not, it is written as an escaped one. */
    protected stringEnds(kind: "line" | "here"): boolean {
        const length =
            kind === "here"
                ? this.match(p.HERE_STRING_END) === null
                    ? 0
                    : 2
                : p.DOUBLE_QUOTES.includes(this.char(1) || " ")
                  ? 0
                  : 1;
        this.place += length;
        if (length > 0) return true;
        this.skip(kind === "here" ? 1 : 2, '`"');
        return false;
    }

    protected plainCharacters(): void {
        const from = this.place;
        do this.place++;
        while (this.place < this.source.length && !'"`$#\u201c\u201d\u201e'.includes(this.char()));
        this.put(this.source.slice(from, this.place));
    }

    protected nested(): void {
        this.strings++;
        const depth = this.stack.length;
        this.stack.push({ open: "(", kind: "plain", ternaries: 0 });
        this.skip(2, "$(");
        this.code(depth);
        this.strings--;
    }
}
