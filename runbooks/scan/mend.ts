import * as p from "./mend-patterns.ts";
import { MendWords } from "./mend-words.ts";
import type { Frame } from "./mend-writer.ts";

/** One pass over the source; what it writes has the same lines, near enough, and reads better to the grammar. */
class Mender extends MendWords {
    protected quietEnd = 0;
    protected readonly root: Frame = { open: "", kind: "plain", ternaries: 0 };

    run(): string {
        this.code(-1);
        return this.out.join("");
    }

    /** Reads code up to the end, or until the bracket opened at this depth is closed. */
    protected code(depth: number): void {
        while (this.place < this.source.length) {
            this.step();
            if (depth >= 0 && this.stack.length <= depth) return;
        }
    }

    protected step(): void {
        const char = this.char();
        if (char === "\n") this.newline();
        else if (char === " " || char === "\t" || char === "\u00a0" || char === "\r") this.skip(1, " ");
        else if (this.comment(char) || this.quoted(char) || this.bracket(char)) return;
        else if (char === "$" || char === "@") this.variable();
        else if (char === "-" || p.DASHES.includes(char)) this.dash();
        else if (char === "`") this.backtick();
        else if (char === "?" || char === ":") this.question(char);
        else if (char === "." && "\n;{}|(=&".includes(this.last) && this.path()) return;
        else if (char === "/" && this.bareAddress()) return;
        else if (/[0-9]/.test(char)) this.number();
        else if (/[A-Za-z_]/.test(char)) this.word();
        else this.skip(1, char);
    }

    protected newline(): void {
        if (!"{(;,=".includes(this.last) && this.isCarriedOn()) {
            this.held++;
            this.skip(1, " ");
            return;
        }
        this.out.push("\n".repeat(this.held + 1));
        this.held = 0;
        this.place++;
        if (this.last !== ",") this.last = "\n";
        const using = this.stack.length === 0 ? this.match(p.USING) : null;
        if (using !== null) this.place += using[0].length;
    }

    /** Whether the statement goes on below; the lines between are looked at once, however many there are. */
    protected isCarriedOn(): boolean {
        if (this.place >= this.quietEnd) this.quietEnd = this.place + (this.match(p.QUIET)?.[0].length ?? 0);
        return p.at(p.CARRIES_ON, this.source, this.quietEnd) !== null;
    }

    protected comment(char: string): boolean {
        const block = char === "<" ? this.match(p.BLOCK_COMMENT) : null;
        if (block !== null) {
            this.place += block[0].length;
            this.held += block[0].split("\n").length - 1;
            this.out.push(" ");
            return true;
        }
        if (char !== "#" || /[\w\-$]/.test(this.source.charAt(this.place - 1))) return false;
        this.place += this.match(p.LINE_COMMENT)?.[0].length ?? 1;
        return true;
    }

    protected backtick(): void {
        const found = this.match(p.CONTINUATION);
        if (found === null) {
            const char = this.char(1);
            const glues = /\w/.test(this.source.charAt(this.place - 1)) && /\w/.test(this.char(2) || " ");
            this.place += 2;
            this.put(char === " " ? (glues ? "_" : " ") : /[nrt0]/.test(char) ? " " : char);
            return;
        }
        this.held++;
        this.place += found[0].length;
        this.out.push(" ");
    }

    /** `??`, `?:` and `?.` of PowerShell 7 become operators that the grammar has; see {@link mend}. */
    protected question(char: string): void {
        const rest = this.source.slice(this.place, this.place + 3);
        const frame = this.top() ?? this.root;
        if (rest === "??=") this.skip(3, "=");
        else if (rest.startsWith("??")) this.skip(2, " -xor ");
        else if (char === "?" && /[.[]/.test(rest.charAt(1))) this.place++;
        else if (char === "?" && this.last !== "|" && /[\s)\]}"']/.test(this.source.charAt(this.place - 1))) {
            frame.ternaries++;
            this.skip(1, " -xor ");
        } else if (char === ":" && frame.ternaries > 0 && rest.charAt(1) !== ":") {
            frame.ternaries--;
            this.skip(1, " -xor ");
        } else this.skip(rest.startsWith("::") ? 2 : 1, rest.startsWith("::") ? "::" : char);
    }
}

/**
 * Rewrites what tree-sitter-powershell cannot read into what it can, line for line: comments go, here-strings become
 * strings, unquoted lists in arguments are quoted, sizes lose their unit, typographic quotes and dashes become plain,
 * line continuations are joined, and the operators of PowerShell 7 become `-xor` (which no one writes): `a ?? b` is
 * `a -xor b`, and `a ? b : c` is `a -xor b -xor c`.
 */
export const mend = (source: string): string => new Mender(source).run();
