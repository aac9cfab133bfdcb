import * as p from "./mend-patterns.ts";

interface Frame {
    readonly open: string;
    readonly kind: "plain" | "table" | "switch" | "type" | "param" | "argument";
    ternaries: number;
}

const OPENERS: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };
const MAX_NESTED_STRINGS = 40;

/** One pass over the source; what it writes has the same lines, near enough, and reads better to the grammar. */
class Mender {
    private readonly source: string;
    private readonly out: string[] = [];
    private readonly stack: Frame[] = [];
    private place = 0;
    private held = 0;
    private strings = 0;
    /** Last character written that is not blank; a newline counts. */
    private last = "\n";
    private lastWord = "";
    private switchAt = -1;
    private quietEnd = 0;
    /** Whether the rest of the source ends no verbatim here-string: one that is begun there is none. */
    private isUnended = false;

    constructor(source: string) {
        this.source = source;
    }

    run(): string {
        this.code(-1);
        return this.out.join("");
    }

    private put(text: string): void {
        if (text === "") return;
        this.out.push(text);
        const seen = text.trimEnd();
        if (seen !== "") this.last = seen.charAt(seen.length - 1);
    }

    private top(): Frame | undefined {
        return this.stack.at(-1);
    }

    private char(offset = 0): string {
        return this.source.charAt(this.place + offset);
    }

    private match(pattern: RegExp): RegExpExecArray | null {
        return p.at(pattern, this.source, this.place);
    }

    /** Reads code up to the end, or until the bracket opened at this depth is closed. */
    private code(depth: number): void {
        while (this.place < this.source.length) {
            this.step();
            if (depth >= 0 && this.stack.length <= depth) return;
        }
    }

    private step(): void {
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

    private skip(length: number, text: string): void {
        this.place += length;
        this.put(text);
    }

    private newline(): void {
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
    private isCarriedOn(): boolean {
        if (this.place >= this.quietEnd) this.quietEnd = this.place + (this.match(p.QUIET)?.[0].length ?? 0);
        return p.at(p.CARRIES_ON, this.source, this.quietEnd) !== null;
    }

    private comment(char: string): boolean {
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

    private quoted(char: string): boolean {
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

    private hereString(): boolean {
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
    private clause(write: () => void): void {
        const heads = this.top()?.kind === "switch" && "\n{};".includes(this.last);
        if (heads) this.put("(");
        write();
        if (heads) this.put(")");
    }

    private doubleQuoted(): void {
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
    private stringBody(kind: "line" | "here"): void {
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
    private stringEnds(kind: "line" | "here"): boolean {
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

    private plainCharacters(): void {
        const from = this.place;
        do this.place++;
        while (this.place < this.source.length && !'"`$#\u201c\u201d\u201e'.includes(this.char()));
        this.put(this.source.slice(from, this.place));
    }

    private nested(): void {
        this.strings++;
        const depth = this.stack.length;
        this.stack.push({ open: "(", kind: "plain", ternaries: 0 });
        this.skip(2, "$(");
        this.code(depth);
        this.strings--;
    }

    private bracket(char: string): boolean {
        if (char in OPENERS || (char === "@" && "({".includes(this.char(1) || " "))) {
            this.open(char);
            return true;
        }
        if (!")}]".includes(char)) return false;
        this.close(char);
        return true;
    }

    private open(char: string): void {
        const text = char === "@" ? this.source.slice(this.place, this.place + 2) : char;
        const parent = this.top()?.kind;
        const isSwitch = text === "{" && this.switchAt === this.stack.length && this.last === ")";
        if (isSwitch) this.switchAt = -1;
        const kind = isSwitch
            ? "switch"
            : text === "@{"
              ? "table"
              : text === "(" && this.lastWord.toLowerCase() === "param"
                ? "param"
                : text === "(" && this.isArgument()
                  ? "argument"
                  : (char === "[" && !/[\w\])}"']/.test(this.source.charAt(this.place - 1))) ||
                      (parent === "type" && char !== "{")
                    ? "type"
                    : "plain";
        this.stack.push({ open: text.slice(-1), kind, ternaries: 0 });
        this.lastWord = "";
        this.skip(text.length, kind === "argument" ? "((" : text);
        if (text === "{" && this.held > 0) {
            this.out.push("\n".repeat(this.held));
            this.held = 0;
        }
    }

    private close(char: string): void {
        const frame = this.stack.pop();
        if (frame !== undefined && OPENERS[frame.open] !== char) this.unwind(char, frame);
        this.skip(1, char);
        if (frame?.kind === "argument") this.endArgument();
        if (frame?.kind === "param" && !/^[ \t]*\n/.test(this.source.slice(this.place, this.place + 80))) this.put(";");
        if (char !== "}") return;
        const parent = this.top()?.kind;
        if (parent === "switch" && /^[ \t]*[^\s;})\]#]/.test(this.source.slice(this.place, this.place + 80))) {
            if (!/^[ \t]*\{/.test(this.source.slice(this.place, this.place + 80))) this.put(";");
        }
        const gap = parent === "table" ? this.match(p.BEFORE_ELSE) : null;
        if (gap === null) return;
        this.held += gap[0].split("\n").length - 1;
        this.place += gap[0].length;
        this.out.push(" ");
    }

    /** `-Name ($x.Id).Split("/")[8]`: what follows the brackets belongs to the argument. */
    private endArgument(): void {
        const suffix = this.match(p.MEMBER_SUFFIX)?.[0] ?? "";
        this.place += suffix.length;
        this.put(`${suffix})`);
    }

    /** A bracket that closes another than the last: the nearest that fits, else none. */
    private unwind(char: string, frame: Frame): void {
        const fits = this.stack.findLastIndex(({ open }) => OPENERS[open] === char);
        if (fits >= 0) this.stack.length = fits;
        else this.stack.push(frame);
    }

    private variable(): void {
        const path = this.match(p.PATH_ARGUMENT);
        if (this.isArgument() || path?.[0].includes("\\") === true) {
            const member = path ?? this.match(p.MEMBER_ARGUMENT);
            if (member !== null) {
                this.place += member[0].length;
                this.put(path === null ? `(${member[0]})` : `"${member[0]}"`);
                return;
            }
        }
        const found = this.match(p.VARIABLE);
        this.lastWord = "";
        if (found === null) {
            this.skip(1, this.char());
            return;
        }
        this.place += found[0].length;
        if (this.char() === '"' && found[0].startsWith("$")) {
            this.place++;
            this.put(`"${found[0]}`);
            this.stringBody("line");
            this.put('"');
            return;
        }
        this.put(found[0]);
        if (this.char() === "?" && /[.[]/.test(this.char(1))) this.place++;
    }

    /** `./Other.ps1 -A b` is a call, which the grammar takes for dot-sourcing. */
    private path(): boolean {
        const found = this.match(p.SCRIPT_PATH);
        if (found === null) return false;
        this.place += found[0].length;
        this.put(`& '${found[0]}'`);
        return true;
    }

    /** Whether this is where a parameter's value stands. */
    private isArgument(): boolean {
        return (
            /^-[a-z]/i.test(this.lastWord) &&
            /\s/.test(this.source.charAt(this.place - 1)) &&
            !p.OPERATORS.has(this.lastWord.toLowerCase())
        );
    }

    private dash(): void {
        const from = this.char() === "-" ? 0 : 1;
        const found = from === 0 ? this.match(p.DASH_WORD) : p.at(/[A-Za-z_]\w*/y, this.source, this.place + 1);
        if (found === null) {
            this.skip(1, "-");
            return;
        }
        const name = from === 0 ? found[0] : `-${found[0]}`;
        this.place += found[0].length + from;
        this.lastWord = name;
        this.put(p.OPERATORS.has(name.toLowerCase()) ? name : p.encodeDigits(name));
    }

    private backtick(): void {
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
    private question(char: string): void {
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

    private readonly root: Frame = { open: "", kind: "plain", ternaries: 0 };

    private number(): void {
        const size = this.match(p.NUMBER);
        const plain = size ?? p.at(/[\d.]*\d\w*/y, this.source, this.place);
        const text = plain?.[0] ?? this.char();
        this.place += text.length;
        this.put(size === null ? text : text.slice(0, -2));
    }

    private word(): void {
        const foreach = this.match(p.FOREACH_METHOD);
        if (foreach !== null) {
            this.skip(foreach[0].length, p.EACH);
            return;
        }
        if (this.bareAddress()) return;
        const text = this.match(p.WORD)?.[0] ?? this.char();
        const before = this.last;
        const glued = !/[\s,({;|=@]/.test(this.source.charAt(this.place - 1) || " ");
        this.place += text.length;
        if (!glued && text.toLowerCase() === "switch") this.switchAt = this.stack.length;
        this.lastWord = text;
        if (glued || this.top()?.kind === "type") {
            this.put(text);
            return;
        }
        const next = p.at(/[ \t]*(?:`[ \t]*\n[ \t]*|\n[ \t]*)?([^\s]|$)/y, this.source, this.place);
        const after = next?.[1] ?? "";
        const isKey = this.top()?.kind === "table" && "\n{;}".includes(before) && after === "=";
        const ends = /[\s,);|}]/.test(this.char() || " ");
        const listed = ends && (before === "," || (after === "," && /[\w"'}-]/.test(before)));
        this.put(isKey || listed ? `'${text}'` : text);
        if (this.char() === "(" && "\n;{(=|&".includes(before) && p.at(p.GLUED_ARGUMENT, text + "(", 0) !== null)
            this.put(" ");
    }

    /** Writes an address without quotes as a string, which the grammar looks for variables in. */
    private bareAddress(): boolean {
        const before = this.source.charAt(this.place - 1);
        if (!/\s/.test(before) || this.top()?.kind === "type") return false;
        if (!this.isArgument() && p.at(/https?:\/\//iy, this.source, this.place) === null) return false;
        const found = this.match(p.BARE_ADDRESS);
        if (found === null) return false;
        this.place += found[0].length;
        this.put(`"${found[0].replaceAll('"', "").replaceAll("#", p.HASH)}"`);
        return true;
    }
}

/**
 * Rewrites what tree-sitter-powershell cannot read into what it can, line for line: comments go, here-strings become
 * strings, unquoted lists in arguments are quoted, sizes lose their unit, typographic quotes and dashes become plain,
 * line continuations are joined, and the operators of PowerShell 7 become `-xor` (which no one writes): `a ?? b` is
 * `a -xor b`, and `a ? b : c` is `a -xor b -xor c`.
 */
export const mend = (source: string): string => new Mender(source).run();
