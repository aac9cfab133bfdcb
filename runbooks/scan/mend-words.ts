import { MendBrackets } from "./mend-brackets.ts";
import * as p from "./mend-patterns.ts";

/** Writes words, variables, parameters, numbers and addresses without quotes so that the grammar reads them. */
export abstract class MendWords extends MendBrackets {
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
