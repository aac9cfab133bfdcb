import * as p from "./mend-patterns.ts";

/** A bracket that is open. */
export interface Frame {
    readonly open: string;
    readonly kind: "plain" | "table" | "switch" | "type" | "param" | "argument";
    ternaries: number;
}

/** Goes through a source and writes it anew; see {@link import("./mend.ts").mend}. */
export abstract class MendWriter {
    protected readonly source: string;
    protected readonly out: string[] = [];
    protected readonly stack: Frame[] = [];
    protected place = 0;
    protected held = 0;
    protected strings = 0;
    /** Last character written that is not blank; a newline counts. */
    protected last = "\n";
    protected lastWord = "";
    protected switchAt = -1;
    /** Whether the rest of the source ends no verbatim here-string: one that is begun there is none. */
    protected isUnended = false;

    constructor(source: string) {
        this.source = source;
    }

    protected put(text: string): void {
        if (text === "") return;
        this.out.push(text);
        const seen = text.trimEnd();
        if (seen !== "") this.last = seen.charAt(seen.length - 1);
    }

    protected top(): Frame | undefined {
        return this.stack.at(-1);
    }

    protected char(offset = 0): string {
        return this.source.charAt(this.place + offset);
    }

    protected match(pattern: RegExp): RegExpExecArray | null {
        return p.at(pattern, this.source, this.place);
    }

    protected skip(length: number, text: string): void {
        this.place += length;
        this.put(text);
    }

    /** Whether this is where a parameter's value stands. */
    protected isArgument(): boolean {
        return (
            /^-[a-z]/i.test(this.lastWord) &&
            /\s/.test(this.source.charAt(this.place - 1)) &&
            !p.OPERATORS.has(this.lastWord.toLowerCase())
        );
    }
}
