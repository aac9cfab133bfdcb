import { MendBrackets } from "./mend-brackets.ts";
import * as p from "./mend-patterns.ts";
import type { Frame } from "./mend-writer.ts";

/** One pass over the source; what it writes has the same lines, near enough, and reads better to the grammar. */
class Mender extends MendBrackets {
    protected quietEnd = 0;

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

    protected variable(): void {
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
    protected path(): boolean {
        const found = this.match(p.SCRIPT_PATH);
        if (found === null) return false;
        this.place += found[0].length;
        this.put(`& '${found[0]}'`);
        return true;
    }

    protected dash(): void {
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
    protected readonly root: Frame = { open: "", kind: "plain", ternaries: 0 };

    protected number(): void {
        const size = this.match(p.NUMBER);
        const plain = size ?? p.at(/[\d.]*\d\w*/y, this.source, this.place);
        const text = plain?.[0] ?? this.char();
        this.place += text.length;
        this.put(size === null ? text : text.slice(0, -2));
    }

    protected word(): void {
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
    protected bareAddress(): boolean {
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
